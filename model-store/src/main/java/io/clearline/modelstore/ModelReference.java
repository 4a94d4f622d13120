package io.clearline.modelstore;

import io.clearline.unfolding.model.ModelId;

/** The written form of a model id, {@code name@version}. */
final class ModelReference {

    private ModelReference() {}

    static boolean isExact(String reference) {
        return reference.indexOf('@') >= 0;
    }

    static ModelId parse(String reference) {
        int at = reference == null ? -1 : reference.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("expected name@version, found \"" + reference + "\"");
        }
        return new ModelId(
                ModelNames.require("model", reference.substring(0, at)),
                ModelNames.require("version", reference.substring(at + 1)));
    }
}
