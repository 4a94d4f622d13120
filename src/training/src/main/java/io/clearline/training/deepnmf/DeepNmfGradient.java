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
package io.clearline.training.deepnmf;

import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.MaskLoss;
import io.clearline.training.frames.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * Loss and gradients of the trained slots of a Kullback-Leibler deep NMF network, from the activations that the tied
 * slots leave. The weights of the trained slots lie one after another in one array, the read-out last. Thread-confined.
 */
final class DeepNmfGradient {
    private final List<KlLayer> layers = new ArrayList<>();
    private final ReadOutLayer readOut;
    private final MaskLoss loss;
    /** By layer: what it starts from; the last is what the read-out sees. */
    private final List<float[]> activations = new ArrayList<>();

    private final float[] mask;
    private final float[] slope;
    private final float[] minusSlope;
    private final int size;

    /**
     * Prepares for the last slots of a network.
     *
     * @param trainedSlots C, at least 1
     */
    DeepNmfGradient(
            DeepNmfParameters network,
            int trainedSlots,
            Objective objective,
            MatrixProducts products,
            int mostColumns) {
        int atoms = network.atoms();
        int sum = 0;
        for (Dictionary slot : network.slots().subList(network.iterations() + 1 - trainedSlots, network.iterations())) {
            layers.add(new KlLayer(products, slot.rows(), atoms, (float) network.sparsity(), mostColumns));
            activations.add(new float[atoms * mostColumns]);
            sum += slot.weights().length;
        }
        activations.add(new float[atoms * mostColumns]);
        int speechAtoms = network.speechAtoms();
        readOut = new ReadOutLayer(products, network.bins(), speechAtoms, atoms - speechAtoms, mostColumns);
        loss = new MaskLoss(objective, network.bins(), mostColumns);
        mask = new float[network.bins() * mostColumns];
        slope = new float[atoms * mostColumns];
        minusSlope = new float[atoms * mostColumns];
        size = sum + readOut.size();
    }

    /** Number of trained weights. */
    int size() {
        return size;
    }

    /** Where the caller puts the activations of the tied slots, {@code [atoms x columns]}, before a pass. */
    float[] start() {
        return activations.get(0);
    }

    /** The mask of the last pass, {@code [bins x columns]}. */
    float[] mask() {
        return mask;
    }

    /** Runs forward; gives the sum of the segments' losses. */
    double loss(float[] weights, FrameBatch batch) {
        int offset = 0;
        for (int i = 0; i < layers.size(); i++) {
            KlLayer layer = layers.get(i);
            layer.setWeights(weights, offset);
            layer.forward(
                    batch.input(), batch.inputRows(), activations.get(i), activations.get(i + 1), batch.columns());
            offset += layer.size();
        }
        readOut.setWeights(weights, offset);
        readOut.forward(activations.get(layers.size()), mask, batch.columns());
        return loss.compute(mask, batch);
    }

    /** Adds dE/dW of all trained slots; gives the loss. */
    double add(float[] weights, FrameBatch batch, float[] gradient) {
        double sum = loss(weights, batch);
        int offset = size - readOut.size();
        readOut.backward(loss.plus(), loss.minus(), slopeOrNull(slope), gradient, offset);
        for (int i = layers.size() - 1; i >= 0; i--) {
            offset -= layers.get(i).size();
            layers.get(i).backward(slope, gradient, offset);
        }
        return sum;
    }

    /** Adds [dE/dW]+ and [dE/dW]- of all trained slots; gives the loss. */
    double addSplit(float[] weights, FrameBatch batch, float[] plus, float[] minus) {
        double sum = loss(weights, batch);
        int offset = size - readOut.size();
        readOut.backwardSplit(
                loss.plus(), loss.minus(), slopeOrNull(slope), slopeOrNull(minusSlope), plus, minus, offset);
        for (int i = layers.size() - 1; i >= 0; i--) {
            offset -= layers.get(i).size();
            layers.get(i).backwardSplit(slope, minusSlope, plus, minus, offset);
        }
        return sum;
    }

    /** Only layers below the read-out ask for its slope. */
    private float[] slopeOrNull(float[] array) {
        return layers.isEmpty() ? null : array;
    }
}
