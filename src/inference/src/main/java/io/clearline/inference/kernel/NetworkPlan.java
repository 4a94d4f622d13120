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
package io.clearline.inference.kernel;

import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.NetworkParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A network of multiplicative updates in the form that kernels run. Everything that does not depend on the input, such
 * as column sums and Gram matrices, is precomputed here. All kernels share the plan, so these values have the same bits
 * in each of them. Immutable.
 *
 * @param initialActivations h^0, {@code [atoms]}, with which every hop starts
 * @param inferences the distinct dictionaries whose product with the input is a numerator of the Euclidean layers
 * @param layers in order; tied layers are the same instance
 * @param maskOffset added to the denominator of the read-out
 */
record NetworkPlan(
        NetworkParameters network,
        float[] initialActivations,
        List<Dictionary> inferences,
        List<Layer> layers,
        Dictionary readOut,
        float maskOffset) {

    /** Lower limit of every denominator. */
    static final float FLOOR = 1e-9f;

    /** One multiplicative update. */
    sealed interface Layer permits DivergenceLayer, EuclideanLayer, MemoryLayer {}

    /**
     * An update that needs the reconstruction L = W h, for every divergence except the Euclidean one.
     *
     * @param inverse 1 / (column sums of W + sparsity), {@code [atoms]}; used for beta = 1 only
     */
    record DivergenceLayer(Dictionary dictionary, double beta, float sparsity, float[] inverse) implements Layer {

        boolean isKullbackLeibler() {
            return beta == 1;
        }
    }

    /**
     * A Euclidean update, which works on the activations without the reconstruction.
     *
     * @param inference index of the dictionary whose product with the input is the numerator
     * @param scale factor of the numerator, {@code [atoms]}
     * @param gram {@code [atoms x atoms]}, row i belongs to output i
     * @param bias added to the denominator, {@code [atoms]}
     */
    record EuclideanLayer(int inference, float[] scale, float[] gram, float[] bias) implements Layer {}

    /**
     * A Euclidean update that also uses the running means of its input activations.
     *
     * @param memory the matrices that map the means to numerator and denominator, and the rates of the means
     * @param memoryOffset index of the means in a stream's memory
     */
    record MemoryLayer(EuclideanLayer update, GramNmfParameters.Memory memory, int memoryOffset) implements Layer {}

    boolean hasMemory() {
        return network.memoryLength() > 0;
    }

    int atoms() {
        return readOut.atoms();
    }

    /** Returns the implementation of each layer, in order. Tied layers share one implementation and its weights. */
    <T> List<T> eachLayer(Function<Layer, T> factory) {
        Map<Layer, T> known = new IdentityHashMap<>();
        List<T> implementations = new ArrayList<>();
        for (Layer layer : layers) {
            implementations.add(known.computeIfAbsent(layer, factory));
        }
        return implementations;
    }

    /** Creates the plan of a deep NMF or Gram network. Local networks have a forward pass of their own. */
    static NetworkPlan of(NetworkParameters network) {
        // A pattern switch would need a newer language level than Java 17.
        if (network instanceof DeepNmfParameters deepNmf) {
            return deepNmf.beta() == 2 ? euclidean(deepNmf) : divergence(deepNmf);
        }
        return gram((GramNmfParameters) network);
    }

    private static NetworkPlan divergence(DeepNmfParameters network) {
        Map<Dictionary, Layer> known = new IdentityHashMap<>();
        float sparsity = (float) network.sparsity();
        List<Layer> layers = new ArrayList<>();
        for (Dictionary slot : network.slots().subList(0, network.iterations())) {
            layers.add(known.computeIfAbsent(
                    slot, w -> new DivergenceLayer(w, network.beta(), sparsity, inverseColumnSums(w, sparsity))));
        }
        return new NetworkPlan(network, network.initialActivations(), List.of(), layers, network.readOut(), 0);
    }

    private static NetworkPlan euclidean(DeepNmfParameters network) {
        float[] ones = new float[network.atoms()];
        Arrays.fill(ones, 1);
        float[] bias = new float[network.atoms()];
        Arrays.fill(bias, (float) network.sparsity());
        Map<Dictionary, EuclideanLayer> known = new IdentityHashMap<>();
        List<Dictionary> inferences = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        for (Dictionary slot : network.slots().subList(0, network.iterations())) {
            if (!known.containsKey(slot)) {
                known.put(slot, new EuclideanLayer(inferences.size(), ones, gramOf(slot), bias));
                inferences.add(slot);
            }
            layers.add(known.get(slot));
        }
        return new NetworkPlan(network, network.initialActivations(), inferences, layers, network.readOut(), 0);
    }

    private static NetworkPlan gram(GramNmfParameters network) {
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k < network.iterations(); k++) {
            float[] bias = new float[network.atoms()];
            Arrays.fill(bias, GramNmfParameters.SPARSITY_SCALE * network.sparsity()[k] + GramNmfParameters.FLOOR);
            EuclideanLayer update = new EuclideanLayer(
                    0, network.scales().get(k), network.grams().get(k), bias);
            layers.add(k == 0 || network.memories().isEmpty() ? update : withMemory(network, update, k - 1));
        }
        return new NetworkPlan(
                network,
                network.initialActivations(),
                List.of(network.inference()),
                layers,
                network.readOut(),
                GramNmfParameters.FLOOR);
    }

    private static MemoryLayer withMemory(GramNmfParameters network, EuclideanLayer update, int index) {
        return new MemoryLayer(update, network.memories().get(index), 1 + index * network.atoms());
    }

    private static float[] inverseColumnSums(Dictionary w, float sparsity) {
        float[] inverse = new float[w.atoms()];
        for (int row = 0; row < w.rows(); row++) {
            for (int atom = 0; atom < w.atoms(); atom++) {
                inverse[atom] += w.at(row, atom);
            }
        }
        for (int atom = 0; atom < w.atoms(); atom++) {
            inverse[atom] = 1 / Math.max(inverse[atom] + sparsity, FLOOR);
        }
        return inverse;
    }

    /** Returns {@code W^T W}, summed in double precision and rounded once. */
    private static float[] gramOf(Dictionary w) {
        int atoms = w.atoms();
        double[] sums = new double[atoms * atoms];
        for (int row = 0; row < w.rows(); row++) {
            for (int i = 0; i < atoms; i++) {
                double weight = w.at(row, i);
                for (int j = 0; j < atoms; j++) {
                    sums[i * atoms + j] += weight * w.at(row, j);
                }
            }
        }
        float[] gram = new float[atoms * atoms];
        for (int i = 0; i < gram.length; i++) {
            gram[i] = (float) sums[i];
        }
        return gram;
    }
}
