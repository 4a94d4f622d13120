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
package io.clearline.training.local;

import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.network.RowGroups;
import io.clearline.training.local.LocalNmfWeights.Part;
import java.util.Arrays;

/**
 * {@code y = x W + bias} for the rows of all groups, and its slopes; the groups of a section share W and bias. Rows are
 * {@code [groups x columns]}. Thread-confined.
 */
final class Dense {
    private final MatrixProducts products;
    private final int sections;
    /** Rows of a section. */
    private final int rows;

    private final int inputs;
    private final int outputs;
    private final Part weights;
    private final Part bias;

    /**
     * Prepares.
     *
     * @param weights {@code [sections x inputs x outputs]}
     * @param bias {@code [sections x outputs]}; null without
     */
    Dense(RowGroups groups, MatrixProducts products, int columns, int inputs, int outputs, Part weights, Part bias) {
        this.products = products;
        sections = groups.sections();
        rows = groups.sectionGroups() * columns;
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = weights;
        this.bias = bias;
    }

    void forward(float[] all, float[] x, float[] y) {
        for (int section = 0; section < sections; section++) {
            int row = section * rows;
            products.multiply(x, row * inputs, all, weightsOf(section), y, row * outputs, rows, inputs, outputs);
            if (bias != null) {
                float[] added = Arrays.copyOfRange(all, biasOf(section), biasOf(section) + outputs);
                for (int at = row * outputs; at < (row + rows) * outputs; at += outputs) {
                    for (int i = 0; i < outputs; i++) {
                        y[at + i] += added[i];
                    }
                }
            }
        }
    }

    /** The slope by the weights and the bias, into the gradient. */
    void backward(float[] x, float[] ySlope, float[] gradient) {
        for (int section = 0; section < sections; section++) {
            int row = section * rows;
            products.multiplyTransposedLeft(
                    x, row * inputs, ySlope, row * outputs, gradient, weightsOf(section), inputs, rows, outputs);
            if (bias != null) {
                float[] sums = new float[outputs];
                for (int at = row * outputs; at < (row + rows) * outputs; at += outputs) {
                    for (int i = 0; i < outputs; i++) {
                        sums[i] += ySlope[at + i];
                    }
                }
                System.arraycopy(sums, 0, gradient, biasOf(section), outputs);
            }
        }
    }

    /** The slope by x. */
    void backwardToInput(float[] all, float[] ySlope, float[] xSlope) {
        for (int section = 0; section < sections; section++) {
            int row = section * rows;
            products.multiplyTransposedRight(
                    ySlope, row * outputs, all, weightsOf(section), xSlope, row * inputs, rows, outputs, inputs);
        }
    }

    private int weightsOf(int section) {
        return weights.at() + section * inputs * outputs;
    }

    private int biasOf(int section) {
        return bias.at() + section * outputs;
    }
}
