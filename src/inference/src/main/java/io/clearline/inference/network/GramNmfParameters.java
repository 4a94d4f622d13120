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
package io.clearline.inference.network;

import java.util.List;

/**
 * Parameters of the Euclidean network with free Gram matrices: one product with the input column x, then K layers whose
 * cost does not depend on the number of input rows.
 *
 * <pre>
 *   b = W^T x;   h = h * (d_k * b) / (G_k h + 0.1 mu_k + 1e-8),  k = 1..K
 *   mask = (R h of the speech) / (R h + 1e-8)
 * </pre>
 *
 * With {@code d_k = 1} and {@code G_k = W^T W} the network is Euclidean sparse NMF after K multiplicative updates.
 *
 * <p>A layer with a {@link Memory} uses the stream's past. It keeps e, the running mean of its input activations over
 * the hops {@code t = 1, 2, ..} of the stream. A prior for slowly changing activations adds e to both sides of the
 * update:
 *
 * <pre>
 *   e = e + max(a_k, 1 / t) (h - e)
 *   h = h * (d_k * b + A_k e) / (G_k h + B_k e + 0.1 mu_k + 1e-8)
 * </pre>
 *
 * @param inference W, {@code [inputRows x atoms]}
 * @param scales d_k, K arrays {@code [atoms]}
 * @param grams G_k, K arrays {@code [atoms x atoms]}, row-major; row i belongs to output i
 * @param sparsity mu_k, one per layer
 * @param memories one for each layer after the first, or an empty list
 * @param readOut R, {@code [bins x atoms]}, speech atoms first
 * @param initialActivations h of the first layer, {@code [atoms]}
 */
public record GramNmfParameters(
        List<Source> sources,
        Dictionary inference,
        List<float[]> scales,
        List<float[]> grams,
        float[] sparsity,
        List<Memory> memories,
        Dictionary readOut,
        float[] initialActivations)
        implements NetworkParameters {

    /** Factor of mu_k in the denominator. */
    public static final float SPARSITY_SCALE = 0.1f;

    /** Added to every denominator to keep it above zero. */
    public static final float FLOOR = 1e-8f;

    /**
     * The parameters of a layer's memory.
     *
     * @param excitation A, {@code [atoms x atoms]}, row-major; row i belongs to output i
     * @param inhibition B, of the same shape
     * @param rates a, {@code [atoms]}, the rate of each atom's running mean per hop, 0 to 1
     */
    public record Memory(float[] excitation, float[] inhibition, float[] rates) {}

    public GramNmfParameters {
        memories = List.copyOf(memories);
        sources = List.copyOf(sources);
        scales = List.copyOf(scales);
        grams = List.copyOf(grams);
        int atoms = sources.stream().mapToInt(Source::atoms).sum();
        if (atoms == 0 || grams.isEmpty() || scales.size() != grams.size() || sparsity.length != grams.size()) {
            throw new IllegalArgumentException(
                    "Gram network: expected sources, and a scale and a sparsity for each Gram"
                            + " matrix, found " + atoms + " atoms, " + scales.size() + " scales, " + sparsity.length
                            + " sparsities and " + grams.size() + " Gram matrices");
        }
        if (inference.atoms() != atoms || readOut.atoms() != atoms) {
            throw new IllegalArgumentException("expected " + atoms + " atoms, as many as the sources have, found "
                    + inference.atoms() + " in the inference dictionary and " + readOut.atoms() + " in the read-out");
        }
        for (int k = 0; k < grams.size(); k++) {
            Weights.requireLength("scale of layer " + k, scales.get(k), atoms);
            Weights.requireNonNegative("scale of layer " + k, scales.get(k));
            Weights.requireLength("Gram matrix of layer " + k, grams.get(k), atoms * atoms);
            Weights.requireNonNegative("Gram matrix of layer " + k, grams.get(k));
        }
        requireMemories(memories, grams.size(), atoms);
        Weights.requireNonNegative("sparsity", sparsity);
        Weights.requireLength("initial activations", initialActivations, atoms);
        Weights.requireNonNegative("initial activations", initialActivations);
    }

    private static void requireMemories(List<Memory> memories, int layers, int atoms) {
        if (!memories.isEmpty() && memories.size() != layers - 1) {
            throw new IllegalArgumentException("expected no memories or " + (layers - 1) + ", one for each"
                    + " layer after the first, found " + memories.size());
        }
        for (Memory memory : memories) {
            Weights.requireLength("excitation of a memory", memory.excitation, atoms * atoms);
            Weights.requireNonNegative("excitation of a memory", memory.excitation);
            Weights.requireLength("inhibition of a memory", memory.inhibition, atoms * atoms);
            Weights.requireNonNegative("inhibition of a memory", memory.inhibition);
            Weights.requireLength("rates of a memory", memory.rates, atoms);
            Weights.requireNonNegative("rates of a memory", memory.rates);
            for (float rate : memory.rates) {
                if (rate > 1) {
                    throw new IllegalArgumentException("expected rates of a memory from 0 to 1, found " + rate);
                }
            }
        }
    }

    @Override
    public int inputRows() {
        return inference.rows();
    }

    @Override
    public int bins() {
        return readOut.rows();
    }

    @Override
    public int iterations() {
        return grams.size();
    }

    /** Returns the length of a stream's memory: the number of its hops, followed by the means of each layer. */
    @Override
    public int memoryLength() {
        return memories.isEmpty() ? 0 : 1 + memories.size() * atoms();
    }

    @Override
    public long parameters() {
        long layers = (long) iterations() * (atoms() * (atoms() + 1L) + 1);
        long remembered = memories.size() * (2L * atoms() + 1) * atoms();
        return inference.weights().length + layers + remembered + readOut.weights().length + initialActivations.length;
    }

    @Override
    public long multiplyAddsPerHop() {
        long layers = (long) iterations() * atoms() * (atoms() + 1);
        long remembered = memories.size() * (2L * atoms() + 1) * atoms();
        return inference.weights().length + layers + remembered + readOut.weights().length;
    }
}
