/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.modelstore;

import io.clearline.inference.model.ModelId;

/** Parses the written form of a model id, {@code name@version}. Stateless. */
final class ModelReference {

    private ModelReference() {}

    /** Returns whether the reference names a version, rather than a channel or the newest version of a model. */
    static boolean isExact(String reference) {
        return reference.indexOf('@') >= 0;
    }

    /** @throws IllegalArgumentException when the text is not of that form, or a name in it is invalid */
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
