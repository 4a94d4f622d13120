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
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.MaskLoss;
import io.clearline.training.frames.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Loss and gradient of a {@link DnnShape} over a batch, columns side by side. Thread-confined. */
final class DnnGradient {
    private final DnnShape shape;
    private final MatrixProducts products;
    private final MaskLoss loss;
    /** By layer, {@code [outputs x columns]}; the last is the mask. */
    private final List<float[]> values = new ArrayList<>();

    private float[] slope;
    private float[] nextSlope;
    private final float[] weightScratch;

    DnnGradient(DnnShape shape, Objective objective, MatrixProducts products, int mostColumns) {
        this.shape = shape;
        this.products = products;
        loss = new MaskLoss(objective, shape.outputs(), mostColumns);
        int widest = 0;
        int largest = 0;
        for (int layer = 0; layer < shape.layers(); layer++) {
            values.add(new float[shape.outputsOf(layer) * mostColumns]);
            widest = Math.max(widest, shape.outputsOf(layer));
            largest = Math.max(largest, shape.outputsOf(layer) * shape.inputsOf(layer));
        }
        slope = new float[widest * mostColumns];
        nextSlope = new float[widest * mostColumns];
        weightScratch = new float[largest];
    }

    /**
     * The mask.
     *
     * @param input {@code [inputs x columns]}
     * @return {@code [outputs x columns]}, valid until the next call
     */
    float[] mask(float[] weights, float[] input, int columns) {
        float[] below = input;
        for (int layer = 0; layer < shape.layers(); layer++) {
            float[] own = values.get(layer);
            products.multiply(
                    matrix(weights, layer), below, own, shape.outputsOf(layer), shape.inputsOf(layer), columns);
            Activation activation = layer == shape.hidden().size() ? Activation.SIGMOID : shape.activation();
            for (int unit = 0; unit < shape.outputsOf(layer); unit++) {
                float bias = weights[shape.biases(layer) + unit];
                for (int n = unit * columns; n < (unit + 1) * columns; n++) {
                    own[n] = activation.value(own[n] + bias);
                }
            }
            below = own;
        }
        return below;
    }

    /** The sum of the segments' losses. */
    double loss(float[] weights, float[] input, FrameBatch batch) {
        return loss.compute(mask(weights, input, batch.columns()), batch);
    }

    /** Adds the derivative of the loss by each weight; gives the loss. */
    double add(float[] weights, float[] input, FrameBatch batch, float[] gradient) {
        double sum = loss(weights, input, batch);
        int columns = batch.columns();
        for (int i = 0; i < shape.outputs() * columns; i++) {
            slope[i] = loss.plus()[i] - loss.minus()[i];
        }
        for (int layer = shape.layers() - 1; layer >= 0; layer--) {
            back(weights, layer, layer == 0 ? input : values.get(layer - 1), gradient, columns);
        }
        return sum;
    }

    /** Takes the slope by a layer's values to that by the values below. */
    private void back(float[] weights, int layer, float[] below, float[] gradient, int columns) {
        int outputs = shape.outputsOf(layer);
        int inputs = shape.inputsOf(layer);
        Activation activation = layer == shape.hidden().size() ? Activation.SIGMOID : shape.activation();
        float[] own = values.get(layer);
        for (int unit = 0; unit < outputs; unit++) {
            float sum = 0;
            for (int n = unit * columns; n < (unit + 1) * columns; n++) {
                slope[n] *= activation.slope(own[n]);
                sum += slope[n];
            }
            gradient[shape.biases(layer) + unit] += sum;
        }
        products.multiplyTransposedRight(slope, below, weightScratch, outputs, columns, inputs);
        int matrix = shape.matrix(layer);
        for (int i = 0; i < outputs * inputs; i++) {
            gradient[matrix + i] += weightScratch[i];
        }
        if (layer > 0) {
            products.multiplyTransposedLeft(matrix(weights, layer), slope, nextSlope, inputs, outputs, columns);
            float[] spare = slope;
            slope = nextSlope;
            nextSlope = spare;
        }
    }

    private float[] matrix(float[] weights, int layer) {
        return Arrays.copyOfRange(weights, shape.matrix(layer), shape.biases(layer));
    }
}
