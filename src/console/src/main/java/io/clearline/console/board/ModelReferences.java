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
package io.clearline.console.board;

import java.util.HashMap;
import java.util.Map;

/**
 * Interns the references {@code name@version} of models, since every frame names its model. Bounded: it is cleared when
 * it grows beyond its limit. Thread-confined.
 */
final class ModelReferences {
    private static final int MAX_KEPT = 1_000;

    private final Map<String, Map<String, String>> byNameAndVersion = new HashMap<>();

    /** Returns the reference; empty when the name is empty. */
    String of(String name, String version) {
        if (name.isEmpty()) {
            return "";
        }
        if (byNameAndVersion.size() > MAX_KEPT) {
            byNameAndVersion.clear();
        }
        Map<String, String> versions = byNameAndVersion.computeIfAbsent(name, key -> new HashMap<>());
        if (versions.size() > MAX_KEPT) {
            versions.clear();
        }
        return versions.computeIfAbsent(version, key -> name + "@" + key);
    }
}
