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
 * A matrix {@code [inner x outputs]} that many rows are multiplied with, packed as a kernel likes it. Each value of a
 * product is one chain of fused multiply-adds over the summed index upwards, so every kernel gives the same bits.
 * Thread-confined.
 */
interface RowMatrix {

    /**
     * {@code y += x W} for each row.
     *
     * @param x {@code [rows x inner]}, contiguous, the first value at {@code xAt}
     * @param y {@code [rows x stride]} with the stride of {@link Factory#stride}, the first value at {@code yAt}
     */
    @HotPath
    void accumulate(float[] x, int xAt, int xStride, float[] y, int yAt, int rows);

    /** Takes other values, {@code [inner x outputs]}, rows of {@code stride}, from {@code at}. */
    @HotPath
    void fill(float[] values, int at, int stride);

    /** Makes matrices for one kernel. */
    interface Factory {

        /** Room that a row of so many outputs takes. */
        int stride(int outputs);

        /** A matrix {@code [inner x outputs]}, row-major. */
        RowMatrix of(float[] values, int inner, int outputs);

        /** {@code to[i] = scale * ln(from[at + i] + floor)} by {@link Logarithm}, for {@code count} values from 0. */
        @HotPath
        void logarithms(float[] from, int at, float[] to, int count, float floor, float scale);
    }
}
