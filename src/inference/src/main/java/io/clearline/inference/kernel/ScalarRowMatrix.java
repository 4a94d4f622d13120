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

/** {@link RowMatrix} by {@link Rows}. */
final class ScalarRowMatrix implements RowMatrix {

    /** Makes them. */
    static final Factory FACTORY = new Factory() {
        @Override
        public int stride(int outputs) {
            return outputs;
        }

        @Override
        public RowMatrix of(float[] values, int inner, int outputs) {
            return new ScalarRowMatrix(values, inner, outputs);
        }

        @Override
        @HotPath
        public void logarithms(float[] from, int at, float[] to, int count, float floor, float scale) {
            for (int i = 0; i < count; i++) {
                to[i] = scale * Logarithm.of(from[at + i] + floor);
            }
        }
    };

    private final int inner;
    private final int outputs;
    private final float[][] weights;
    /** Sums of one row: {@link Rows} wants every array to begin at the same index. */
    private final float[] sums;

    private ScalarRowMatrix(float[] values, int inner, int outputs) {
        this.inner = inner;
        this.outputs = outputs;
        weights = Rows.of(values, inner, outputs);
        sums = new float[outputs];
    }

    @Override
    @HotPath
    public void accumulate(float[] x, int xAt, int xStride, float[] y, int yAt, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(y, yAt + row * outputs, sums, 0, outputs);
            Rows.accumulate(weights, 0, inner, x, xAt + row * xStride, sums, outputs);
            System.arraycopy(sums, 0, y, yAt + row * outputs, outputs);
        }
    }

    @Override
    @HotPath
    public void fill(float[] values, int at, int stride) {
        for (int k = 0; k < inner; k++) {
            System.arraycopy(values, at + k * stride, weights[k], 0, outputs);
        }
    }
}
