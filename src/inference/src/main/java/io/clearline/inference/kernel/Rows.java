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

import io.clearline.dsp.HotPath;

/**
 * The matrix-vector product in plain Java. The inner loop runs over the outputs, along eight rows of the matrix at a
 * time, so eight multiply-adds share one load and one store. Each row is an array of its own, and the loop uses the
 * same index for all arrays. In this form the JIT proves that the arrays do not overlap and generates vector
 * instructions. Stateless.
 */
final class Rows {

    private Rows() {}

    /**
     * Computes {@code y[j] = fma(rows[first + i][j], x[xOffset + i], y[j])} for i = 0 .. count - 1 in ascending order,
     * for every j below length.
     */
    @HotPath
    static void accumulate(float[][] rows, int first, int count, float[] x, int xOffset, float[] y, int length) {
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            eightRows(rows, first + i, x, xOffset + i, y, length);
        }
        for (; i < count; i++) {
            oneRow(rows[first + i], x[xOffset + i], y, length);
        }
    }

    @HotPath
    private static void eightRows(float[][] rows, int first, float[] x, int at, float[] y, int length) {
        float x0 = x[at];
        float x1 = x[at + 1];
        float x2 = x[at + 2];
        float x3 = x[at + 3];
        float x4 = x[at + 4];
        float x5 = x[at + 5];
        float x6 = x[at + 6];
        float x7 = x[at + 7];
        float[] row0 = rows[first];
        float[] row1 = rows[first + 1];
        float[] row2 = rows[first + 2];
        float[] row3 = rows[first + 3];
        float[] row4 = rows[first + 4];
        float[] row5 = rows[first + 5];
        float[] row6 = rows[first + 6];
        float[] row7 = rows[first + 7];
        for (int j = 0; j < length; j++) {
            float sum = Math.fma(row0[j], x0, y[j]);
            sum = Math.fma(row1[j], x1, sum);
            sum = Math.fma(row2[j], x2, sum);
            sum = Math.fma(row3[j], x3, sum);
            sum = Math.fma(row4[j], x4, sum);
            sum = Math.fma(row5[j], x5, sum);
            sum = Math.fma(row6[j], x6, sum);
            y[j] = Math.fma(row7[j], x7, sum);
        }
    }

    @HotPath
    private static void oneRow(float[] row, float x, float[] y, int length) {
        for (int j = 0; j < length; j++) {
            y[j] = Math.fma(row[j], x, y[j]);
        }
    }

    /** Copies each row of {@code matrix [rows x columns]} to an array of its own. */
    static float[][] of(float[] matrix, int rows, int columns) {
        float[][] split = new float[rows][columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(matrix, i * columns, split[i], 0, columns);
        }
        return split;
    }

    /** Transposes {@code matrix [rows x columns]} to {@code [columns x rows]}. */
    static float[] transposed(float[] matrix, int rows, int columns) {
        float[] transposed = new float[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j * rows + i] = matrix[i * columns + j];
            }
        }
        return transposed;
    }
}
