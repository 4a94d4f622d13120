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
package io.clearline.lab.dnn;

import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.training.frames.MaskNetwork;
import io.clearline.training.frames.Objective;

/** Inference of the mask with a trained DNN. Thread-confined. */
public final class DnnMask implements MaskNetwork {
    private static final int BATCH_COLUMNS = 256;

    private final DnnShape shape;
    private final float[] weights;
    private final LogInput logInput;
    private final DnnGradient network;

    /** @param weights weights as {@link DnnTrainer#weights} returns them; must not be modified afterwards */
    public DnnMask(DnnShape shape, float[] weights, LogInput logInput, MatrixProducts products) {
        this.shape = shape;
        this.weights = weights;
        this.logInput = logInput;
        network = new DnnGradient(shape, Objective.MAGNITUDE, products, BATCH_COLUMNS);
    }

    @Override
    public float[] masks(float[] input, int hops) {
        int rows = shape.inputs();
        float[] masks = new float[hops * shape.outputs()];
        float[] transposed = new float[rows * BATCH_COLUMNS];
        for (int first = 0; first < hops; first += BATCH_COLUMNS) {
            int columns = Math.min(BATCH_COLUMNS, hops - first);
            for (int row = 0; row < rows; row++) {
                for (int n = 0; n < columns; n++) {
                    transposed[row * columns + n] = input[(first + n) * rows + row];
                }
            }
            logInput.apply(transposed, transposed, columns);
            float[] mask = network.mask(weights, transposed, columns);
            for (int bin = 0; bin < shape.outputs(); bin++) {
                for (int n = 0; n < columns; n++) {
                    masks[(first + n) * shape.outputs() + bin] = mask[bin * columns + n];
                }
            }
        }
        return masks;
    }
}
