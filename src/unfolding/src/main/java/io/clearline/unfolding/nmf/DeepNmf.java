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
package io.clearline.unfolding.nmf;

import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import java.util.List;

/**
 * Deep NMF: the updates of the activations of sparse NMF, unfolded, and a Wiener read-out. Parameters are dictionaries
 * {@code [rows x atoms]}, the state the activations {@code [atoms x columns]}, the input the mixture's magnitudes
 * {@code [rows x columns]}, of which each slot uses as many of the last rows as it has.
 *
 * @param sourceAtoms how many atoms of every dictionary each source owns; sources own consecutive columns
 * @param beta of the inference: 1 is Kullback-Leibler, 2 Euclidean, 0 Itakura-Saito
 * @param sparsity mu, the weight of the L1 norm of the activations
 */
public record DeepNmf(List<Integer> sourceAtoms, double beta, double sparsity) {

    public DeepNmf {
        sourceAtoms = List.copyOf(sourceAtoms);
    }

    /** The network of K iterations and a read-out; the tying is over K + 1 slots. */
    public UnfoldedNetwork unfold(int iterations, Tying tying) {
        return UnfoldedNetwork.of(iterations, layer(), new WienerReadOut(sourceAtoms), tying);
    }

    /** One update; the fast form where there is one. */
    public Layer layer() {
        return beta == 2 ? new EuclideanLayer(sparsity) : new NmfLayer(beta, sparsity);
    }
}
