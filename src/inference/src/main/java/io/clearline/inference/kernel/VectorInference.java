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
import java.util.Arrays;

/** The product of the input with one dictionary, {@code b = W^T x}. Thread-confined. */
final class VectorInference {

    /** Input rows that are processed at a time, so that a panel and its columns stay in the cache. */
    private static final int CHUNK_ROWS = 192;

    private final int inputRows;
    private final PackedMatrix weights;
    private final int stride;
    private final float[] products;

    VectorInference(PackedMatrix weights, int inputRows, int width) {
        this.inputRows = inputRows;
        this.weights = weights;
        stride = weights.paddedOutputs();
        products = new float[width * stride];
    }

    /** Returns the products of the last run, {@code [width x padded atoms]}. */
    float[] products() {
        return products;
    }

    @HotPath
    void run(float[] columns, int fill) {
        Arrays.fill(products, 0, fill * stride, 0);
        int rows = weights.inner();
        for (int start = 0; start < rows; start += CHUNK_ROWS) {
            int count = Math.min(CHUNK_ROWS, rows - start);
            int from = inputRows - rows + start;
            VectorTiles.accumulate(weights, start, count, columns, from, inputRows, products, 0, stride, fill);
        }
    }
}
