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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model comes from and how good it is: free text and numbers for people and reports, in any nesting of maps,
 * lists, strings, numbers and booleans. Nothing of it decides the output.
 *
 * @param data what it was trained on, with licences
 * @param recipe how: objective, steps, seed, time
 * @param scores how good it is, and on which test set
 */
public record Provenance(Map<String, Object> data, Map<String, Object> recipe, Map<String, Object> scores) {

    public Provenance {
        data = copy(data);
        recipe = copy(recipe);
        scores = copy(scores);
    }

    /** Nothing is known. */
    public static Provenance unknown() {
        return new Provenance(Map.of(), Map.of(), Map.of());
    }

    /** Keeps the order, so that a card reads as it was written. */
    private static Map<String, Object> copy(Map<String, Object> section) {
        return section == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(section));
    }
}
