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
 * The origin and the quality of a model, for readers and reports. Each section is an arbitrary nesting of maps, lists,
 * strings, numbers and booleans. It does not affect the output of the model. Immutable at the top level.
 *
 * @param data the training data, with their licences
 * @param recipe the training: objective, steps, seed, duration
 * @param scores the scores of the model, and the test set that they were measured on
 */
public record Provenance(Map<String, Object> data, Map<String, Object> recipe, Map<String, Object> scores) {

    public Provenance {
        data = copy(data);
        recipe = copy(recipe);
        scores = copy(scores);
    }

    /** Returns an empty provenance. */
    public static Provenance unknown() {
        return new Provenance(Map.of(), Map.of(), Map.of());
    }

    /** Copies a section in its order, so that a card is written in the order in which it was read. */
    private static Map<String, Object> copy(Map<String, Object> section) {
        return section == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(section));
    }
}
