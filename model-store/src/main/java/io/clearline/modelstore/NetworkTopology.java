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
package io.clearline.modelstore;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.clearline.inference.network.Source;
import java.util.List;

/**
 * The section of the card that describes the network: its kind, its shape, and the name of the tensor in each place. A
 * tensor that is named in two places is tied. Component names are JSON field names.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkTopology.DeepNmf.class, name = "deep-nmf"),
    @JsonSubTypes.Type(value = NetworkTopology.Gram.class, name = "gram"),
    @JsonSubTypes.Type(value = NetworkTopology.RememberingGram.class, name = "gram-with-memory"),
    @JsonSubTypes.Type(value = NetworkTopology.LocalNmf.class, name = "local-nmf")
})
public sealed interface NetworkTopology {

    /** Returns the sources in the order of their atoms, speech first. */
    List<Source> sources();

    /**
     * The topology of {@link io.clearline.inference.network.DeepNmfParameters}.
     *
     * @param beta the beta divergence
     * @param sparsity weight of the L1 norm of the activations
     * @param slots the dictionaries from the first layer to the read-out
     */
    record DeepNmf(List<Source> sources, double beta, double sparsity, List<Slot> slots) implements NetworkTopology {}

    /** One slot of deep NMF, a tensor {@code [rows x atoms]}. */
    record Slot(String tensor, int rows) {}

    /** The topology of {@link io.clearline.inference.network.GramNmfParameters} without memories. */
    record Gram(List<Source> sources, List<GramLayer> layers) implements NetworkTopology {}

    /** As {@link Gram}, with one memory for each layer after the first. */
    record RememberingGram(List<Source> sources, List<GramLayer> layers, List<GramMemory> memories)
            implements NetworkTopology {}

    /** The tensors of one layer: its scale {@code [atoms]} and its Gram matrix {@code [atoms x atoms]}. */
    record GramLayer(String scale, String gram) {}

    /**
     * The tensors of the memory of a layer: excitation and inhibition {@code [atoms x atoms]}, and the rates
     * {@code [atoms]} of the leaky mean.
     */
    record GramMemory(String excitation, String inhibition, String rates) {}

    /**
     * The topology of {@link io.clearline.inference.network.LocalNmfParameters}.
     *
     * @param rows rows of a frame
     * @param groups overlapping groups of neighbouring rows
     * @param groupRows rows of one group
     * @param sections sections of neighbouring groups; the groups of a section share their matrices
     * @param channels channels of one group
     * @param blocks the blocks in order
     */
    record LocalNmf(
            List<Source> sources,
            int rows,
            int groups,
            int groupRows,
            int sections,
            int channels,
            List<LocalBlock> blocks)
            implements NetworkTopology {}

    /** The tensors of one block of a local network. */
    record LocalBlock(
            String rate,
            String rateBias,
            String candidate,
            String candidateBias,
            String mixing,
            String mixingBias,
            String update) {}
}
