package io.clearline.unfolding.model;

/** Name and version of a model, written {@code name@version}. */
public record ModelId(String name, String version) {

    public ModelId {
        if (name.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException(
                    "a model needs a name and a version, found '" + name + "@" + version + "'");
        }
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
