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
package io.clearline.inference.kernel;

/**
 * A matrix packed for {@code VectorTiles}. The outputs are divided into panels of three vectors. The last panels may
 * have two vectors, so that at most a part of one vector is padding. Within a panel, the outputs of each value of the
 * summed index are contiguous. Padding is zero.
 *
 * @param values {@code [panels][inner x outputs of the panel]}
 * @param vectors number of vectors of outputs, at least 2
 * @param inner number of values of the summed index
 * @param lanes floats per vector
 */
record PackedMatrix(float[] values, int vectors, int inner, int lanes) {

    /** Floats per cache line of 64 bytes. */
    private static final int BLOCK = 16;

    /** Packs rows of {@code matrix [.. x inner]}, row-major. Each row is an output. */
    static PackedMatrix ofRows(float[] matrix, int firstRow, int rows, int inner, int lanes) {
        PackedMatrix packed = empty(rows, inner, lanes);
        packed.fill(matrix, firstRow * inner, rows, inner, 1);
        return packed;
    }

    /** Packs {@code matrix [inner x columns]}, row-major. Each column is an output. */
    static PackedMatrix ofColumns(float[] matrix, int inner, int columns, int lanes) {
        PackedMatrix packed = empty(columns, inner, lanes);
        packed.fill(matrix, 0, columns, 1, columns);
        return packed;
    }

    private static PackedMatrix empty(int outputs, int inner, int lanes) {
        int vectors = vectors(outputs, lanes);
        return new PackedMatrix(new float[vectors * lanes * inner], vectors, inner, lanes);
    }

    /** Returns the number of vectors for the given number of outputs. */
    static int vectors(int outputs, int lanes) {
        return Math.max(2, (outputs + lanes - 1) / lanes);
    }

    /** Returns the number of vectors of the next panel. The number of vectors left is never 1. */
    static int panelVectors(int vectorsLeft) {
        return vectorsLeft == 2 || vectorsLeft == 4 ? 2 : 3;
    }

    /** Replaces the values by those of another matrix. Does not change the padding. */
    void fill(float[] matrix, int at, int outputs, int outputStride, int innerStride) {
        int height;
        for (int done = 0; done < vectors; done += height) {
            height = panelVectors(vectors - done);
            int first = done * lanes;
            int count = Math.min(height * lanes, outputs - first);
            int to = first * inner;
            if (outputStride == 1) {
                for (int k = 0; k < inner; k++) {
                    System.arraycopy(matrix, at + first + k * innerStride, values, to + k * height * lanes, count);
                }
            } else {
                fillPanel(matrix, at + first * outputStride, count, outputStride, innerStride, to, height * lanes);
            }
        }
    }

    /** Transposes one panel in blocks, so that the cache lines of source and target stay in the cache. */
    private void fillPanel(
            float[] matrix, int at, int count, int outputStride, int innerStride, int to, int panelWidth) {
        for (int start = 0; start < inner; start += BLOCK) {
            int end = Math.min(inner, start + BLOCK);
            for (int i = 0; i < count; i++) {
                int from = at + i * outputStride;
                for (int k = start; k < end; k++) {
                    values[to + k * panelWidth + i] = matrix[from + k * innerStride];
                }
            }
        }
    }

    /** Returns the number of outputs including padding. */
    int paddedOutputs() {
        return vectors * lanes;
    }
}
