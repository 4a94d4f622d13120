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
package io.clearline.unfolding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The reference values of the specification, {@code vectors.json}. */
public final class SpecVectors {

    private static final JsonNode ROOT = read();

    private SpecVectors() {}

    /** Returns the whole file. */
    public static JsonNode root() {
        return ROOT;
    }

    public static List<JsonNode> deepNmf() {
        List<JsonNode> cases = new ArrayList<>();
        ROOT.get("deep_nmf").forEach(cases::add);
        return cases;
    }

    public static JsonNode normalisedLayer() {
        return ROOT.get("deep_nmf_normalised_layer");
    }

    /** Converts a list of rows to a matrix, or a list of numbers to a column vector. */
    public static DMatrixRMaj matrix(JsonNode rows) {
        boolean vector = !rows.get(0).isArray();
        DMatrixRMaj matrix =
                new DMatrixRMaj(rows.size(), vector ? 1 : rows.get(0).size());
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                matrix.set(i, j, (vector ? rows.get(i) : rows.get(i).get(j)).asDouble());
            }
        }
        return matrix;
    }

    public static List<DMatrixRMaj> matrices(JsonNode list) {
        List<DMatrixRMaj> matrices = new ArrayList<>();
        list.forEach(rows -> matrices.add(matrix(rows)));
        return matrices;
    }

    /** Converts a list of rows, or a list of numbers, to floats in row-major order. */
    public static float[] values(JsonNode node) {
        int columns = node.get(0).isArray() ? node.get(0).size() : 1;
        float[] values = new float[node.size() * columns];
        for (int i = 0; i < values.length; i++) {
            JsonNode row = node.get(i / columns);
            values[i] = (float) (row.isArray() ? row.get(i % columns) : row).asDouble();
        }
        return values;
    }

    private static JsonNode read() {
        try (InputStream in = SpecVectors.class.getResourceAsStream("/vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
