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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The figures of the last ten minutes as ring buffers, with one value per second. Thread-confined. */
final class History {
    static final int SECONDS = 600;

    private final Map<String, float[]> series = new LinkedHashMap<>();
    private int count;

    /** Stores a figure of the current second; NaN where it is undefined. */
    void put(String name, double value) {
        series.computeIfAbsent(name, key -> new float[SECONDS])[count % SECONDS] = (float) value;
    }

    /** Moves on to the next second. */
    void next() {
        count++;
    }

    /** Returns the values of each figure, oldest first; null where a figure was undefined. */
    Map<String, Float[]> toMap() {
        Map<String, Float[]> copies = new TreeMap<>();
        series.forEach((name, values) -> copies.put(name, newest(values)));
        return copies;
    }

    private Float[] newest(float[] values) {
        int length = Math.min(count, SECONDS);
        Float[] copy = new Float[length];
        for (int i = 0; i < length; i++) {
            float value = values[(count - length + i) % SECONDS];
            copy[i] = Float.isNaN(value) ? null : value;
        }
        return copy;
    }
}
