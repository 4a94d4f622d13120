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
 * All weights of a Gram network in one array, as logarithms, so that every step of the optimiser keeps them positive:
 * weight = exp(v).
 *
 * <p>In order: W, then for each layer d, G and the sparsity term c = 0.1 mu, then the speech read-out, the noise
 * read-out, h^0.
 */
final class GramWeights implements TrainedNetwork {
    /** Smallest weight that a logarithm starts from. */
    private static final float MIN_WEIGHT = 1e-5f;

    private static final float FIRST_SHARE = 0.05f;
    private static final double SLOWEST_RATE = 0.01;
    private static final double FASTEST_RATE = 0.6;

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

    /** Whether a layer remembers: all but the first do, which gets a constant. */
    boolean remembers(int layer) {
        return memory && layer > 0;
    }

    /** Layers of a network that remember, from the second. */
    int memories() {
        return memory ? layers - 1 : 0;
    }

    int inference() {
        return 0;
    }

    int scale(int layer) {
        return inputRows * atoms + layer * layerSize();
    }

    int gram(int layer) {
        return scale(layer) + atoms;
    }

    int sparsity(int layer) {
        return gram(layer) + atoms * atoms;
    }

    /** A of a layer that remembers. */
    int excitation(int layer) {
        return inputRows * atoms + layers * layerSize() + (layer - 1) * memorySize();
    }

    /** B of a layer that remembers. */
    int inhibition(int layer) {
        return excitation(layer) + atoms * atoms;
    }

    /** Odds of the rates of a layer that remembers: a / (1 - a), positive as every weight. */
    int rates(int layer) {
        return inhibition(layer) + atoms * atoms;
    }

    int speechReadOut() {
        return inputRows * atoms + layers * layerSize() + memories() * memorySize();
    }

    int noiseReadOut() {
        return speechReadOut() + bins * speechAtoms;
    }

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

    /** A rate out of its odds. */
    static float rate(float odds) {
        return odds / (1 + odds);
    }

    /**
     * The logarithms that a tied Euclidean NMF starts from: d = 1, G = W^T W.
     *
     * @param inference W, {@code [inputRows x atoms]}
     * @param readOut {@code [bins x atoms]}, speech first
     */
    float[] start(float[] inference, float[] readOut, float sparsity, float initialActivation) {
        float[] weights = new float[size()];
        System.arraycopy(inference, 0, weights, inference(), inference.length);
        float[] gram = gramOf(inference);
        for (int layer = 0; layer < layers; layer++) {
            Arrays.fill(weights, scale(layer), scale(layer) + atoms, 1f);
            System.arraycopy(gram, 0, weights, gram(layer), gram.length);
            weights[sparsity(layer)] = GramNmfParameters.SPARSITY_SCALE * sparsity;
            if (remembers(layer)) {
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

    /** The logarithms of weights, in the same array. */
    private static float[] logarithms(float[] weights) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.log(Math.max(weights[i], MIN_WEIGHT));
        }
        return weights;
    }

    /**
     * What is remembered counts for little and alike on both sides at first, so that the start stays the algorithm;
     * rates fan out over the atoms.
     */
    private void startMemory(float[] weights, int layer, float[] gram) {
        for (int i = 0; i < gram.length; i++) {
            weights[excitation(layer) + i] = FIRST_SHARE * gram[i];
            weights[inhibition(layer) + i] = FIRST_SHARE * gram[i];
        }
        for (int i = 0; i < atoms; i++) {
            double place = (i * 0.6180339887 + layer * 0.37) % 1;
            double rate = SLOWEST_RATE * Math.pow(FASTEST_RATE / SLOWEST_RATE, place);
            weights[rates(layer) + i] = (float) (rate / (1 - rate));
        }
    }

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
            if (remembers(layer)) {
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

    static float[] exp(float[] logarithms) {
        float[] weights = new float[logarithms.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(logarithms[i]);
        }
        return weights;
    }
}
