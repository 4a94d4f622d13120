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

/**
 * A dense layer, {@code y = x W + bias}, with its backward pass. It maps the groups of one hop, {@code [groups x
 * inputs]}, to {@code [groups x outputs]}; the groups of a section share W and bias. It processes one hop at a time, so
 * that the data stays in the first-level cache. Thread-confined.
 *
 * <p>The {@code ...At} arguments of the methods are the offsets of the hop in the arrays.
 */
final class Dense {
    private final MatrixProducts products;
    private final int sections;
    /** Number of groups of a section. */
    private final int rows;

    private final int inputs;
    private final int outputs;
    private final Part weights;
    private final Part bias;
    /** The weights, transposed: {@code [sections x outputs x inputs]}. */
    private final float[] transposed;
    /** The array that {@link #transposed} was computed from. Every step uses a new array of weights. */
    private float[] transposedFrom;

    /**
     * Creates a layer.
     *
     * @param weights location of W, {@code [sections x inputs x outputs]}
     * @param bias location of the bias, {@code [sections x outputs]}; null for none
     */
    Dense(RowGroups groups, MatrixProducts products, int inputs, int outputs, Part weights, Part bias) {
        this.products = products;
        sections = groups.sections();
        rows = groups.sectionGroups();
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = weights;
        this.bias = bias;
        transposed = new float[weights.length()];
    }

    /** Computes {@code y = x W + bias}; requires a bias. */
    void forward(float[] all, float[] x, int xAt, float[] y, int yAt) {
        for (int section = 0; section < sections; section++) {
            for (int row = section * rows; row < (section + 1) * rows; row++) {
                System.arraycopy(all, biasOf(section), y, yAt + row * outputs, outputs);
            }
        }
        add(all, x, xAt, y, yAt);
    }

    /** Computes {@code y += x W}. */
    void add(float[] all, float[] x, int xAt, float[] y, int yAt) {
        for (int section = 0; section < sections; section++) {
            int row = section * rows;
            products.accumulate(
                    x,
                    xAt + row * inputs,
                    inputs,
                    1,
                    all,
                    weightsOf(section),
                    y,
                    yAt + row * outputs,
                    rows,
                    inputs,
                    outputs);
        }
    }

    /** Adds the derivative with respect to W to the gradient. */
    void backward(float[] x, int xAt, float[] ySlope, int yAt, float[] gradient) {
        for (int section = 0; section < sections; section++) {
            int row = section * rows;
            products.accumulate(
                    x,
                    xAt + row * inputs,
                    1,
                    inputs,
                    ySlope,
                    yAt + row * outputs,
                    gradient,
                    weightsOf(section),
                    inputs,
                    rows,
                    outputs);
        }
    }

    /**
     * Adds the derivative with respect to the bias to the gradient.
     *
     * @param ySlope {@code [groups x outputs]}, of one hop or summed over several
     */
    void backwardToBias(float[] ySlope, int at, float[] gradient) {
        for (int section = 0; section < sections; section++) {
            addRows(ySlope, at + section * rows * outputs, gradient, biasOf(section));
        }
    }

    private void addRows(float[] ySlope, int at, float[] gradient, int to) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < outputs; i++) {
                gradient[to + i] += ySlope[at + row * outputs + i];
            }
        }
    }

    /** Adds the derivative with respect to x to {@code xSlope}. */
    void backwardToInput(float[] all, float[] ySlope, int yAt, float[] xSlope, int xAt) {
        transpose(all);
        for (int section = 0; section < sections; section++) {
            int row = section * rows;
            products.accumulate(
                    ySlope,
                    yAt + row * outputs,
                    outputs,
                    1,
                    transposed,
                    section * inputs * outputs,
                    xSlope,
                    xAt + row * inputs,
                    rows,
                    outputs,
                    inputs);
        }
    }

    /** Transposes the weights, once for all hops of a step. */
    private void transpose(float[] all) {
        if (transposedFrom == all) {
            return;
        }
        transposedFrom = all;
        for (int section = 0; section < sections; section++) {
            int to = section * inputs * outputs;
            for (int i = 0; i < inputs; i++) {
                for (int j = 0; j < outputs; j++) {
                    transposed[to + j * inputs + i] = all[weightsOf(section) + i * outputs + j];
                }
            }
        }
    }

    private int weightsOf(int section) {
        return weights.at() + section * inputs * outputs;
    }

    private int biasOf(int section) {
        return bias.at() + section * outputs;
    }
}
