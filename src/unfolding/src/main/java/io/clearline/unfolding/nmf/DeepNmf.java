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
 * Deep NMF (Le Roux, Hershey, Weninger 2015): the unfolded updates of the activations of sparse NMF, and a Wiener
 * read-out. The parameters are dictionaries {@code [rows x atoms]}, the state is the activations {@code [atoms x
 * columns]}, and the input is the magnitudes of the mixture {@code [rows x columns]}, oldest frame first. A dictionary
 * with fewer rows than the input sees the last rows, the newest frames. Immutable.
 *
 * @param sourceAtoms number of atoms of each source; sources own consecutive columns of every dictionary
 * @param beta of the inference: 1 is Kullback-Leibler, 2 Euclidean, 0 Itakura-Saito
 * @param sparsity mu, the weight of the L1 norm of the activations
 */
public record DeepNmf(List<Integer> sourceAtoms, double beta, double sparsity) {

    public DeepNmf {
        sourceAtoms = List.copyOf(sourceAtoms);
    }

    /**
     * Returns the network.
     *
     * @param iterations K
     * @param tying over K + 1 slots, the last of which is the read-out
     */
    public UnfoldedNetwork unfold(int iterations, Tying tying) {
        return UnfoldedNetwork.of(iterations, layer(), new WienerReadOut(sourceAtoms), tying);
    }

    /** Returns one update, in the fast Euclidean form if beta is 2. */
    public Layer layer() {
        return beta == 2 ? new EuclideanLayer(sparsity) : new NmfLayer(beta, sparsity);
    }
}
