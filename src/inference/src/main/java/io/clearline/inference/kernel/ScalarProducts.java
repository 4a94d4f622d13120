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

/** {@link MatrixProducts} by {@link Rows}. */
final class ScalarProducts implements MatrixProducts {

    @Override
    public void multiply(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        float[][] split = Rows.of(b, inner, columns);
        float[] sums = new float[columns];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(sums, 0);
            Rows.accumulate(split, 0, inner, a, row * inner, sums, columns);
            System.arraycopy(sums, 0, c, row * columns, columns);
        }
    }

    @Override
    public void multiplyTransposedLeft(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        multiply(Rows.transposed(a, inner, rows), b, c, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedRight(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        multiply(a, Rows.transposed(b, columns, inner), c, rows, inner, columns);
    }
}
