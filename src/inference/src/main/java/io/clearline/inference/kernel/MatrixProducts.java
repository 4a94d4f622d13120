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
 * Dense products of row-major float matrices for training. Each element is one chain of fused multiply-adds in
 * ascending order of the summed index, so all kernels compute the same bits. Thread-confined, because implementations
 * keep scratch buffers between calls.
 */
public interface MatrixProducts {

    /**
     * Computes {@code c = a b} with {@code a [rows x inner]}, {@code b [inner x columns]}, {@code c [rows x columns]}.
     */
    default void multiply(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        multiply(a, 0, b, 0, c, 0, rows, inner, columns);
    }

    /**
     * Computes {@code c = a^T b} with {@code a [inner x rows]}, {@code b [inner x columns]}, {@code c [rows x
     * columns]}.
     */
    default void multiplyTransposedLeft(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        multiplyTransposedLeft(a, 0, b, 0, c, 0, rows, inner, columns);
    }

    /**
     * Computes {@code c = a b^T} with {@code a [rows x inner]}, {@code b [columns x inner]}, {@code c [rows x
     * columns]}.
     */
    default void multiplyTransposedRight(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        multiplyTransposedRight(a, 0, b, 0, c, 0, rows, inner, columns);
    }

    /** Variant of {@link #multiply(float[], float[], float[], int, int, int)} for matrices that start at an offset. */
    void multiply(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns);

    /**
     * Variant of {@link #multiplyTransposedLeft(float[], float[], float[], int, int, int)} for matrices that start at
     * an offset.
     */
    void multiplyTransposedLeft(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns);

    /**
     * Variant of {@link #multiplyTransposedRight(float[], float[], float[], int, int, int)} for matrices that start at
     * an offset.
     */
    void multiplyTransposedRight(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns);

    /**
     * Computes {@code c += a b} for matrices that fit into the first-level cache. Nothing is packed or copied, so many
     * small products run at full speed.
     *
     * @param aRowStride distance between two rows of {@code a [rows x inner]}
     * @param aInnerStride distance between two values of a row of a; swap the strides for a transposed matrix
     * @param b {@code [inner x columns]}, row-major
     * @param c {@code [rows x columns]}, row-major
     */
    void accumulate(
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
            int columns);
}
