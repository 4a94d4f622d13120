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
 * Parameters of the deep NMF network for any beta divergence. The slots {@code W^0 .. W^(K-1)} are the dictionaries of
 * the layers, and {@code W^K [bins x atoms]} is the read-out.
 *
 * <pre>
 *   H^k = H^(k-1) * [W^T (M * L^(beta-2))] / [W^T L^(beta-1) + sparsity],  L = W H^(k-1),  W = W^(k-1)
 *   mask = (W^K H^K of the speech) / (W^K H^K)
 * </pre>
 *
 * M is the input column. Each slot has its own context: a slot with fewer rows than the input column uses the last rows
 * of the column, which are the newest frames. Tied slots are the same {@link Dictionary} instance. Source: Le Roux,
 * Hershey and Weninger, "Deep NMF for speech separation", ICASSP 2015.
 *
 * @param beta the divergence of the inference, 0 to 4: 0 is Itakura-Saito, 1 Kullback-Leibler, 2 Euclidean
 * @param sparsity mu, the weight of the L1 norm of the activations
 * @param slots K + 1 dictionaries
 * @param initialActivations {@code H^0 [atoms]}
 */
public record DeepNmfParameters(
        List<Source> sources, double beta, double sparsity, List<Dictionary> slots, float[] initialActivations)
        implements NetworkParameters {

    public DeepNmfParameters {
        sources = List.copyOf(sources);
        slots = List.copyOf(slots);
        if (sources.isEmpty() || slots.size() < 2) {
            throw new IllegalArgumentException("deep NMF: expected at least 1 source and 2 slots, found "
                    + sources.size() + " sources and " + slots.size() + " slots");
        }
        if (!(beta >= 0 && beta <= 4)) {
            throw new IllegalArgumentException("beta: expected 0 to 4, found " + beta);
        }
        if (!(sparsity >= 0 && sparsity < Float.MAX_VALUE)) {
            throw new IllegalArgumentException("sparsity: expected a finite value >= 0, found " + sparsity);
        }
        int atoms = sources.stream().mapToInt(Source::atoms).sum();
        for (int k = 0; k < slots.size(); k++) {
            if (slots.get(k).atoms() != atoms) {
                throw new IllegalArgumentException(
                        "slot " + k + ": expected " + atoms + " atoms, as many as the sources have, found "
                                + slots.get(k).atoms());
            }
        }
        Weights.requireLength("initial activations", initialActivations, atoms);
        Weights.requireNonNegative("initial activations", initialActivations);
    }

    @Override
    public int inputRows() {
        return slots.subList(0, iterations()).stream()
                .mapToInt(Dictionary::rows)
                .max()
                .orElseThrow();
    }

    /** Returns the last slot, W^K. */
    public Dictionary readOut() {
        return slots.get(iterations());
    }

    @Override
    public int bins() {
        return readOut().rows();
    }

    @Override
    public int iterations() {
        return slots.size() - 1;
    }

    @Override
    public long parameters() {
        long weights = 0;
        for (int k = 0; k < slots.size(); k++) {
            if (isFirstUse(k)) {
                weights += slots.get(k).weights().length;
            }
        }
        return weights + initialActivations.length;
    }

    /**
     * Counts the multiply-adds of one hop as the kernels run them. Euclidean layers use a precomputed {@code W^T W} and
     * compute {@code W^T m} once for each distinct slot.
     */
    @Override
    public long multiplyAddsPerHop() {
        long sum = readOut().weights().length;
        for (int k = 0; k < iterations(); k++) {
            long products = slots.get(k).weights().length;
            if (beta == 2) {
                sum += (long) atoms() * atoms() + (isFirstUse(k) ? products : 0);
            } else {
                sum += (beta == 1 ? 2 : 3) * products;
            }
        }
        return sum;
    }

    /** Returns whether no earlier slot is tied to this one. */
    private boolean isFirstUse(int slot) {
        for (int earlier = 0; earlier < slot; earlier++) {
            if (slots.get(earlier) == slots.get(slot)) {
                return false;
            }
        }
        return true;
    }
}
