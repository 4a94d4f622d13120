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
 * Computes the loss and its gradient with respect to the trained slots of a Kullback-Leibler deep NMF network, starting
 * from the activations after the tied slots. The weights of the trained slots are concatenated in one array, from the
 * first slot to the read-out. Thread-confined.
 *
 * <p>Usage: fill {@link #start}, then call {@link #loss}, {@link #add} or {@link #addSplit}.
 */
final class DeepNmfGradient {
    private final List<KlLayer> layers = new ArrayList<>();
    private final ReadOutLayer readOut;
    private final MaskLoss loss;
    /** Input activations of each layer and, last, of the read-out: {@code [atoms x columns]}. */
    private final List<float[]> activations = new ArrayList<>();

    private final float[] mask;
    private final float[] slope;
    private final float[] minusSlope;
    private final int size;

    /**
     * Allocates the working memory for the last slots of a network.
     *
     * @param network defines shapes and sparsity; its weights are not used
     * @param trainedSlots C, at least 1, including the read-out
     * @param objective of the mask
     * @param maxColumns capacity of the batches in columns
     */
    DeepNmfGradient(
            DeepNmfParameters network, int trainedSlots, Objective objective, MatrixProducts products, int maxColumns) {
        int atoms = network.atoms();
        int sum = 0;
        for (Dictionary slot : network.slots().subList(network.iterations() + 1 - trainedSlots, network.iterations())) {
            layers.add(new KlLayer(products, slot.rows(), atoms, (float) network.sparsity(), maxColumns));
            activations.add(new float[atoms * maxColumns]);
            sum += slot.weights().length;
        }
        activations.add(new float[atoms * maxColumns]);
        int speechAtoms = network.speechAtoms();
        readOut = new ReadOutLayer(products, network.bins(), speechAtoms, atoms - speechAtoms, maxColumns);
        loss = new MaskLoss(objective, network.bins(), maxColumns);
        mask = new float[network.bins() * maxColumns];
        slope = new float[atoms * maxColumns];
        minusSlope = new float[atoms * maxColumns];
        size = sum + readOut.size();
    }

    /** Returns the number of trained weights. */
    int size() {
        return size;
    }

    /**
     * Returns the array for the activations after the tied slots, {@code [atoms x columns]}. Fill it before each pass.
     */
    float[] start() {
        return activations.get(0);
    }

    /** Returns the mask of the last pass, {@code [bins x columns]}. */
    float[] mask() {
        return mask;
    }

    /** Runs the forward pass and returns the sum of the losses of the segments. */
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

    /** Adds dE/dW of all trained slots to {@code gradient} and returns the loss. */
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

    /** Adds [dE/dW]+ and [dE/dW]- of all trained slots to {@code plus} and {@code minus}, and returns the loss. */
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

    /** The gradient with respect to activations is needed only if there are layers below the read-out. */
    private float[] slopeOrNull(float[] array) {
        return layers.isEmpty() ? null : array;
    }
}
