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
 * The network's part of the card: its kind, its shape, and which tensor stands where. A tensor that stands in two
 * places is tied.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkTopology.DeepNmf.class, name = "deep-nmf"),
    @JsonSubTypes.Type(value = NetworkTopology.Gram.class, name = "gram"),
    @JsonSubTypes.Type(value = NetworkTopology.RememberingGram.class, name = "gram-with-memory"),
    @JsonSubTypes.Type(value = NetworkTopology.LocalNmf.class, name = "local-nmf")
})
public sealed interface NetworkTopology {

    /** The sources, speech first, in the order of their atoms. */
    List<Source> sources();

    /** Deep NMF: {@code slots} from the first layer to the read-out. */
    record DeepNmf(List<Source> sources, double beta, double sparsity, List<Slot> slots) implements NetworkTopology {}

    /** One slot of deep NMF: a tensor {@code [rows x atoms]}. */
    record Slot(String tensor, int rows) {}

    /** The Euclidean network with free Gram matrices. */
    record Gram(List<Source> sources, List<GramLayer> layers) implements NetworkTopology {}

    /** The same, whose layers after the first remember the stream. */
    record RememberingGram(List<Source> sources, List<GramLayer> layers, List<GramMemory> memories)
            implements NetworkTopology {}

    /** One layer of it: the tensors of its scale {@code [atoms]} and of its Gram matrix {@code [atoms x atoms]}. */
    record GramLayer(String scale, String gram) {}

    /** What a layer remembers: two tensors of {@code [atoms x atoms]}, and the rates {@code [atoms]}. */
    record GramMemory(String excitation, String inhibition, String rates) {}

    /** Local NMF: groups of rows in sections that share their matrices, and the tensors of the blocks. */
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
