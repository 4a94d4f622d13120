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

import java.util.Arrays;

/** {@link MatrixProducts} in plain Java, on {@link Rows}. Allocates on every call. */
final class ScalarProducts implements MatrixProducts {

    @Override
    public void multiply(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns) {
        float[][] split = Rows.of(part(b, bAt, inner * columns), inner, columns);
        float[] sums = new float[columns];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(sums, 0);
            Rows.accumulate(split, 0, inner, a, aAt + row * inner, sums, columns);
            System.arraycopy(sums, 0, c, cAt + row * columns, columns);
        }
    }

    @Override
    public void multiplyTransposedLeft(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns) {
        float[] transposed = Rows.transposed(part(a, aAt, inner * rows), inner, rows);
        multiply(transposed, 0, b, bAt, c, cAt, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedRight(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns) {
        float[] transposed = Rows.transposed(part(b, bAt, columns * inner), columns, inner);
        multiply(a, aAt, transposed, 0, c, cAt, rows, inner, columns);
    }

    @Override
    public void accumulate(
            float[] a,
            int aAt,
            int aRowStride,
            int aInnerStride,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            int rows,
            int inner,
            int columns) {
        for (int row = 0; row < rows; row++) {
            int to = cAt + row * columns;
            for (int k = 0; k < inner; k++) {
                float factor = a[aAt + row * aRowStride + k * aInnerStride];
                int from = bAt + k * columns;
                for (int column = 0; column < columns; column++) {
                    c[to + column] = Math.fma(factor, b[from + column], c[to + column]);
                }
            }
        }
    }

    private static float[] part(float[] matrix, int at, int length) {
        return Arrays.copyOfRange(matrix, at, at + length);
    }
}
