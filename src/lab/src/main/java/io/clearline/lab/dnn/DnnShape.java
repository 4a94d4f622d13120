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

import java.util.List;
import java.util.SplittableRandom;

/**
 * Shape of a feed-forward network whose last layer is a mask with sigmoid units, and layout of its weights in one
 * array: for each layer the matrix {@code [outputs x inputs]}, row-major, followed by the biases. Immutable.
 *
 * @param inputs number of inputs
 * @param hidden number of units in each hidden layer, from the bottom
 * @param outputs number of mask values
 * @param activation activation of the hidden units
 */
public record DnnShape(int inputs, List<Integer> hidden, int outputs, Activation activation) {
    public DnnShape {
        hidden = List.copyOf(hidden);
    }

    /** Returns the number of layers, the mask included. */
    public int layers() {
        return hidden.size() + 1;
    }

    /** Returns the number of inputs of a layer. */
    public int inputsOf(int layer) {
        return layer == 0 ? inputs : hidden.get(layer - 1);
    }

    /** Returns the number of outputs of a layer. */
    public int outputsOf(int layer) {
        return layer == hidden.size() ? outputs : hidden.get(layer);
    }

    /** Returns the offset of a layer's matrix. */
    int matrix(int layer) {
        int offset = 0;
        for (int below = 0; below < layer; below++) {
            offset += outputsOf(below) * (inputsOf(below) + 1);
        }
        return offset;
    }

    /** Returns the offset of a layer's biases. */
    int biases(int layer) {
        return matrix(layer) + outputsOf(layer) * inputsOf(layer);
    }

    /** Returns the number of all weights and biases. */
    public int size() {
        return matrix(layers());
    }

    /**
     * Returns uniform random weights as of Glorot and Bengio (2010), or of He et al. (2015) for layers of rectifiers.
     * Biases are zero.
     */
    public float[] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = new float[size()];
        for (int layer = 0; layer < layers(); layer++) {
            boolean rectified = activation == Activation.RELU && layer < hidden.size();
            double limit = rectified
                    ? Math.sqrt(6.0 / inputsOf(layer))
                    : Math.sqrt(6.0 / (inputsOf(layer) + outputsOf(layer)));
            for (int i = matrix(layer); i < biases(layer); i++) {
                weights[i] = (float) (limit * (2 * random.nextDouble() - 1));
            }
        }
        return weights;
    }
}
