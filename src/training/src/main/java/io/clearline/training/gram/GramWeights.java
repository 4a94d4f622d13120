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
package io.clearline.training.gram;

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.Source;
import io.clearline.training.Recipe;
import io.clearline.training.segments.SegmentGradient;
import io.clearline.training.segments.SegmentLoss;
import io.clearline.training.segments.TrainedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layout of the parameters of a Gram network in one array. The parameters are the logarithms of the weights, so
 * that every step of the optimiser keeps the weights positive.
 *
 * <p>The order is: W; for each layer d, G and the sparsity term c = 0.1 mu; for each layer with a memory A, B and the
 * odds of the rates; the speech read-out; the noise read-out; h_0. Matrices are row-major. Immutable and thread-safe.
 */
final class GramWeights implements TrainedNetwork {
    /** Lower bound of the initial weights, whose logarithms must be finite. */
    private static final float MIN_WEIGHT = 1e-5f;

    /** Initial A and B, relative to G. */
    private static final float FIRST_SHARE = 0.05f;

    /** Range of the initial rates of the memories. */
    private static final double MIN_RATE = 0.01;

    private static final double MAX_RATE = 0.6;

    final int inputRows;
    final int bins;
    final int speechAtoms;
    final int atoms;
    final int layers;
    private final boolean memory;

    GramWeights(Recipe recipe) {
        inputRows = recipe.features().inputRows(recipe.stft().bins());
        bins = recipe.stft().bins();
        speechAtoms = recipe.speechAtoms();
        atoms = recipe.atoms();
        layers = recipe.layers();
        memory = recipe.memory();
    }

    /** Returns whether a layer has a memory. The first has none, because its input activations are constant. */
    boolean hasMemory(int layer) {
        return memory && layer > 0;
    }

    /** Returns the number of layers with a memory, which are all but the first. */
    int memories() {
        return memory ? layers - 1 : 0;
    }

    /** Returns the offset of W. */
    int inference() {
        return 0;
    }

    /** Returns the offset of d of a layer. */
    int scale(int layer) {
        return inputRows * atoms + layer * layerSize();
    }

    /** Returns the offset of G of a layer. */
    int gram(int layer) {
        return scale(layer) + atoms;
    }

    /** Returns the offset of the sparsity term c of a layer. */
    int sparsity(int layer) {
        return gram(layer) + atoms * atoms;
    }

    /** Returns the offset of A of a layer with a memory. */
    int excitation(int layer) {
        return inputRows * atoms + layers * layerSize() + (layer - 1) * memorySize();
    }

    /** Returns the offset of B of a layer with a memory. */
    int inhibition(int layer) {
        return excitation(layer) + atoms * atoms;
    }

    /**
     * Returns the offset of the odds of the rates, a / (1 - a), of a layer with a memory. Odds are positive and
     * unbounded.
     */
    int rates(int layer) {
        return inhibition(layer) + atoms * atoms;
    }

    /** Returns the offset of the read-out of the speech, {@code [bins x speechAtoms]}. */
    int speechReadOut() {
        return inputRows * atoms + layers * layerSize() + memories() * memorySize();
    }

    /** Returns the offset of the read-out of the noise. */
    int noiseReadOut() {
        return speechReadOut() + bins * speechAtoms;
    }

    /** Returns the offset of h_0. */
    int initial() {
        return noiseReadOut() + bins * (atoms - speechAtoms);
    }

    @Override
    public int size() {
        return initial() + atoms;
    }

    private int layerSize() {
        return atoms + atoms * atoms + 1;
    }

    private int memorySize() {
        return 2 * atoms * atoms + atoms;
    }

    /** Converts the odds of a rate to the rate. */
    static float rate(float odds) {
        return odds / (1 + odds);
    }

    /**
     * Returns parameters with which the network equals Euclidean sparse NMF, except for the small initial memories: d =
     * 1 and G = W^T W in every layer.
     *
     * @param inference W, {@code [inputRows x atoms]}
     * @param readOut {@code [bins x atoms]}, speech atoms first
     * @param sparsity mu
     * @param initialActivation value of h_0
     */
    float[] start(float[] inference, float[] readOut, float sparsity, float initialActivation) {
        float[] weights = new float[size()];
        System.arraycopy(inference, 0, weights, inference(), inference.length);
        float[] gram = gramOf(inference);
        for (int layer = 0; layer < layers; layer++) {
            Arrays.fill(weights, scale(layer), scale(layer) + atoms, 1f);
            System.arraycopy(gram, 0, weights, gram(layer), gram.length);
            weights[sparsity(layer)] = GramNmfParameters.SPARSITY_SCALE * sparsity;
            if (hasMemory(layer)) {
                startMemory(weights, layer, gram);
            }
        }
        for (int bin = 0; bin < bins; bin++) {
            System.arraycopy(readOut, bin * atoms, weights, speechReadOut() + bin * speechAtoms, speechAtoms);
            System.arraycopy(
                    readOut,
                    bin * atoms + speechAtoms,
                    weights,
                    noiseReadOut() + bin * (atoms - speechAtoms),
                    atoms - speechAtoms);
        }
        Arrays.fill(weights, initial(), size(), initialActivation);
        return logarithms(weights);
    }

    /** Replaces weights by their logarithms. */
    private static float[] logarithms(float[] weights) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.log(Math.max(weights[i], MIN_WEIGHT));
        }
        return weights;
    }

    /**
     * Initialises a memory. A and B are small and equal, so that the network stays close to the algorithm; the rates
     * are spread over the atoms by the golden ratio.
     */
    private void startMemory(float[] weights, int layer, float[] gram) {
        for (int i = 0; i < gram.length; i++) {
            weights[excitation(layer) + i] = FIRST_SHARE * gram[i];
            weights[inhibition(layer) + i] = FIRST_SHARE * gram[i];
        }
        for (int i = 0; i < atoms; i++) {
            double place = (i * 0.6180339887 + layer * 0.37) % 1;
            double rate = MIN_RATE * Math.pow(MAX_RATE / MIN_RATE, place);
            weights[rates(layer) + i] = (float) (rate / (1 - rate));
        }
    }

    /** Returns W^T W. */
    private float[] gramOf(float[] inference) {
        float[] gram = new float[atoms * atoms];
        for (int row = 0; row < inputRows; row++) {
            for (int i = 0; i < atoms; i++) {
                float left = inference[row * atoms + i];
                for (int j = 0; j < atoms; j++) {
                    gram[i * atoms + j] += left * inference[row * atoms + j];
                }
            }
        }
        return gram;
    }

    @Override
    public float[] weights(float[] logarithms) {
        return exp(logarithms);
    }

    @Override
    public SegmentGradient gradient(Kernel kernel, SegmentLoss loss, int columns, int hopsPerSegment) {
        return new GramGradient(this, kernel.products(), loss, columns, hopsPerSegment);
    }

    @Override
    public GramNmfParameters network(float[] logarithms) {
        float[] weights = exp(logarithms);
        List<float[]> scales = new ArrayList<>();
        List<float[]> grams = new ArrayList<>();
        List<GramNmfParameters.Memory> memories = new ArrayList<>();
        float[] sparsity = new float[layers];
        for (int layer = 0; layer < layers; layer++) {
            scales.add(Arrays.copyOfRange(weights, scale(layer), gram(layer)));
            grams.add(Arrays.copyOfRange(weights, gram(layer), sparsity(layer)));
            sparsity[layer] = weights[sparsity(layer)] / GramNmfParameters.SPARSITY_SCALE;
            if (hasMemory(layer)) {
                memories.add(memory(weights, layer));
            }
        }
        float[] readOut = new float[bins * atoms];
        for (int bin = 0; bin < bins; bin++) {
            System.arraycopy(weights, speechReadOut() + bin * speechAtoms, readOut, bin * atoms, speechAtoms);
            System.arraycopy(
                    weights,
                    noiseReadOut() + bin * (atoms - speechAtoms),
                    readOut,
                    bin * atoms + speechAtoms,
                    atoms - speechAtoms);
        }
        return new GramNmfParameters(
                List.of(new Source("speech", speechAtoms), new Source("noise", atoms - speechAtoms)),
                new Dictionary(inputRows, atoms, Arrays.copyOf(weights, inputRows * atoms)),
                scales,
                grams,
                sparsity,
                memories,
                new Dictionary(bins, atoms, readOut),
                Arrays.copyOfRange(weights, initial(), size()));
    }

    private GramNmfParameters.Memory memory(float[] weights, int layer) {
        float[] rates = new float[atoms];
        for (int i = 0; i < atoms; i++) {
            rates[i] = rate(weights[rates(layer) + i]);
        }
        return new GramNmfParameters.Memory(
                Arrays.copyOfRange(weights, excitation(layer), inhibition(layer)),
                Arrays.copyOfRange(weights, inhibition(layer), rates(layer)),
                rates);
    }

    /** Returns the exponentials. */
    static float[] exp(float[] logarithms) {
        float[] weights = new float[logarithms.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(logarithms[i]);
        }
        return weights;
    }
}
