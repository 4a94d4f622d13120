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

/**
 * Computes mask, loss and gradient of a {@link DnnShape} for a batch of columns. Matrices are row-major. It allocates
 * its scratch memory once. Thread-confined.
 */
final class DnnGradient {
    private final DnnShape shape;
    private final MatrixProducts products;
    private final MaskLoss loss;
    /** Outputs of each layer, {@code [outputs x columns]}; those of the last layer are the mask. */
    private final List<float[]> values = new ArrayList<>();

    private float[] slope;
    private float[] nextSlope;
    private final float[] weightScratch;

    /** @param maxColumns largest number of columns in a batch */
    DnnGradient(DnnShape shape, Objective objective, MatrixProducts products, int maxColumns) {
        this.shape = shape;
        this.products = products;
        loss = new MaskLoss(objective, shape.outputs(), maxColumns);
        int maxOutputs = 0;
        int maxWeights = 0;
        for (int layer = 0; layer < shape.layers(); layer++) {
            values.add(new float[shape.outputsOf(layer) * maxColumns]);
            maxOutputs = Math.max(maxOutputs, shape.outputsOf(layer));
            maxWeights = Math.max(maxWeights, shape.outputsOf(layer) * shape.inputsOf(layer));
        }
        slope = new float[maxOutputs * maxColumns];
        nextSlope = new float[maxOutputs * maxColumns];
        weightScratch = new float[maxWeights];
    }

    /**
     * Computes the mask.
     *
     * @param weights weights in the layout of {@link DnnShape}
     * @param input {@code [inputs x columns]}
     * @return the mask, {@code [outputs x columns]}, in memory that the next call overwrites
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

    /** Returns the sum of the losses of the batch's segments. */
    double loss(float[] weights, float[] input, FrameBatch batch) {
        return loss.compute(mask(weights, input, batch.columns()), batch);
    }

    /**
     * Adds the derivative of the loss by each weight to {@code gradient}.
     *
     * @return the sum of the losses of the batch's segments
     */
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

    /**
     * Propagates the derivative of the loss by a layer's outputs to its weights and to the outputs of the layer below.
     */
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
            float[] swap = slope;
            slope = nextSlope;
            nextSlope = swap;
        }
    }

    private float[] matrix(float[] weights, int layer) {
        return Arrays.copyOfRange(weights, shape.matrix(layer), shape.biases(layer));
    }
}
