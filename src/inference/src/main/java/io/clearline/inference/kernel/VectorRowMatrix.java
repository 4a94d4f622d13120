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

import io.clearline.dsp.HotPath;

/** {@link RowMatrix} by {@link VectorTiles}: the rows are its columns of a batch. */
final class VectorRowMatrix implements RowMatrix {

    /** Makes them. */
    static final Factory FACTORY = new Factory() {
        @Override
        public int stride(int outputs) {
            return PackedMatrix.vectors(outputs, LANES) * LANES;
        }

        @Override
        public RowMatrix of(float[] values, int inner, int outputs) {
            return new VectorRowMatrix(PackedMatrix.ofColumns(values, inner, outputs, LANES), outputs);
        }

        @Override
        @HotPath
        public void logarithms(float[] from, int at, float[] to, int count, float floor, float scale) {
            VectorLogarithm.ofAll(from, at, to, count, floor, scale);
        }
    };

    private final PackedMatrix weights;
    private final int outputs;
    private final int stride;

    private VectorRowMatrix(PackedMatrix weights, int outputs) {
        this.weights = weights;
        this.outputs = outputs;
        stride = weights.paddedOutputs();
    }

    @Override
    @HotPath
    public void accumulate(float[] x, int xAt, int xStride, float[] y, int yAt, int rows) {
        VectorTiles.accumulate(weights, 0, weights.inner(), x, xAt, xStride, y, yAt, stride, rows);
    }

    @Override
    @HotPath
    public void fill(float[] values, int at, int rowStride) {
        weights.fill(values, at, outputs, 1, rowStride);
    }
}
