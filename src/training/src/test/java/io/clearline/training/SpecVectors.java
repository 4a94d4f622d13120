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
package io.clearline.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The reference values that the double framework is tested with, as float matrices. */
public final class SpecVectors {
    private SpecVectors() {}

    /** The whole file. */
    public static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(Samples.home()
                            .resolve("src/unfolding/src/test/resources/vectors.json")
                            .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A matrix row by row, or a vector. */
    public static float[] values(JsonNode node) {
        int columns = node.get(0).isArray() ? node.get(0).size() : 1;
        float[] values = new float[node.size() * columns];
        for (int i = 0; i < values.length; i++) {
            JsonNode row = node.get(i / columns);
            values[i] = (float) (row.isArray() ? row.get(i % columns) : row).asDouble();
        }
        return values;
    }
}
