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

import static io.clearline.inference.kernel.VectorTiles.LANES;

import java.util.Arrays;

/** {@link MatrixProducts} by {@link VectorTiles}: columns of b lie in the lanes, rows of a are the batch. */
final class VectorProducts implements MatrixProducts {

    /** Values of the summed index of one pass: what a panel needs then stays near the core. */
    private static final int CHUNK = 192;

    private float[] packed = new float[0];
    private float[] turned = new float[0];
    private float[] sums = new float[0];

    @Override
    public void multiply(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        run(a, pack(b, inner, columns, 1, columns), c, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedLeft(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        turned = grown(turned, rows * inner);
        for (int k = 0; k < inner; k++) {
            for (int row = 0; row < rows; row++) {
                turned[row * inner + k] = a[k * rows + row];
            }
        }
        run(turned, pack(b, inner, columns, 1, columns), c, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedRight(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        run(a, pack(b, inner, columns, inner, 1), c, rows, inner, columns);
    }

    private void run(float[] a, PackedMatrix b, float[] c, int rows, int inner, int columns) {
        int stride = b.paddedOutputs();
        sums = grown(sums, rows * stride);
        Arrays.fill(sums, 0, rows * stride, 0);
        for (int start = 0; start < inner; start += CHUNK) {
            int count = Math.min(CHUNK, inner - start);
            VectorTiles.accumulate(b, start, count, a, start, inner, sums, 0, stride, rows);
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(sums, row * stride, c, row * columns, columns);
        }
    }

    /** Padding may hold leftovers here: it reaches no column that is copied out. */
    private PackedMatrix pack(float[] b, int inner, int columns, int outputStride, int innerStride) {
        int vectors = PackedMatrix.vectors(columns, LANES);
        packed = grown(packed, vectors * LANES * inner);
        PackedMatrix matrix = new PackedMatrix(packed, vectors, inner, LANES);
        matrix.fill(b, 0, columns, outputStride, innerStride);
        return matrix;
    }

    private static float[] grown(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }
}
