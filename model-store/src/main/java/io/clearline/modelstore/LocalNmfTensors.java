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

import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.RowGroups;
import io.clearline.inference.network.Source;
import io.clearline.modelstore.NetworkTopology.LocalBlock;
import io.clearline.modelstore.NetworkTopology.LocalNmf;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts {@link LocalNmfParameters} to topology and tensors, and back: the part of {@link NetworkTensors} that
 * handles local networks. Stateless.
 */
final class LocalNmfTensors {

    private static final String EMBEDDING = "network.embedding";
    private static final String PLACES = "network.places";
    private static final String INFERENCE = "network.inference";
    private static final String INFERENCE_BIAS = "network.inferenceBias";
    private static final String DICTIONARY = "network.dictionary.";
    private static final String ROW_BINS = "network.rowBins";
    private static final String BIN_WEIGHTS = "network.binWeights";

    private LocalNmfTensors() {}

    /** Adds the tensors of the network and returns the topology that names them. */
    static LocalNmf write(LocalNmfParameters network, TensorWriter tensors) {
        RowGroups groups = network.groups();
        int channels = network.channels();
        tensors.add(EMBEDDING, network.embedding(), groups.sections(), network.kinds() * groups.width(), channels);
        tensors.add(PLACES, network.places(), groups.groups(), channels);
        List<LocalBlock> blocks = new ArrayList<>();
        for (LocalNmfParameters.Block block : network.blocks()) {
            blocks.add(write(block, "network.block." + blocks.size() + ".", groups, channels, tensors));
        }
        tensors.add(INFERENCE, network.inference(), groups.sections(), channels, network.atoms());
        tensors.add(INFERENCE_BIAS, network.inferenceBias(), groups.sections(), network.atoms());
        for (int section = 0; section < groups.sections(); section++) {
            tensors.add(DICTIONARY + section, network.dictionaries().get(section));
        }
        tensors.add(ROW_BINS, network.rowBins(), groups.rows());
        tensors.add(BIN_WEIGHTS, network.binWeights(), network.bins());
        return new LocalNmf(
                network.sources(), groups.rows(), groups.groups(), groups.width(), groups.sections(), channels, blocks);
    }

    private static LocalBlock write(
            LocalNmfParameters.Block block, String name, RowGroups groups, int channels, TensorWriter tensors) {
        int sections = groups.sections();
        int count = groups.groups();
        return new LocalBlock(
                tensors.add(name + "rate", block.rate(), sections, channels, channels),
                tensors.add(name + "rateBias", block.rateBias(), sections, channels),
                tensors.add(name + "candidate", block.candidate(), sections, channels, channels),
                tensors.add(name + "candidateBias", block.candidateBias(), sections, channels),
                tensors.add(name + "mixing", block.mixing(), count, count),
                tensors.add(name + "mixingBias", block.mixingBias(), count, channels),
                tensors.add(name + "update", block.update(), sections, channels, channels));
    }

    /**
     * Assembles the network that the topology describes.
     *
     * @param inputRows rows of one input column, as the features produce it; a multiple of the rows of the topology
     * @param bins bins of the mask
     * @throws IllegalArgumentException when the topology contradicts itself or the features
     * @throws ModelFormatException when a tensor is missing or has another shape
     */
    static LocalNmfParameters read(LocalNmf topology, int inputRows, int bins, TensorReader tensors)
            throws ModelFormatException {
        RowGroups groups = new RowGroups(topology.rows(), topology.groups(), topology.groupRows(), topology.sections());
        int sections = groups.sections();
        int channels = topology.channels();
        int atoms = topology.sources().stream().mapToInt(Source::atoms).sum();
        if (inputRows % groups.rows() != 0) {
            throw new IllegalArgumentException("local network of " + groups.rows()
                    + " rows: expected a multiple of these as the rows of the features, found " + inputRows);
        }
        int kinds = inputRows / groups.rows();
        List<LocalNmfParameters.Block> blocks = new ArrayList<>();
        for (LocalBlock block : topology.blocks()) {
            blocks.add(read(block, groups, channels, tensors));
        }
        List<Dictionary> dictionaries = new ArrayList<>();
        for (int section = 0; section < sections; section++) {
            dictionaries.add(tensors.dictionary(DICTIONARY + section, groups.width(), atoms));
        }
        return new LocalNmfParameters(
                topology.sources(),
                groups,
                kinds,
                channels,
                tensors.signedValues(EMBEDDING, sections, kinds * groups.width(), channels),
                tensors.signedValues(PLACES, groups.groups(), channels),
                blocks,
                tensors.signedValues(INFERENCE, sections, channels, atoms),
                tensors.signedValues(INFERENCE_BIAS, sections, atoms),
                dictionaries,
                tensors.values(ROW_BINS, groups.rows()),
                tensors.values(BIN_WEIGHTS, bins));
    }

    private static LocalNmfParameters.Block read(LocalBlock block, RowGroups groups, int channels, TensorReader tensors)
            throws ModelFormatException {
        int sections = groups.sections();
        int count = groups.groups();
        return new LocalNmfParameters.Block(
                tensors.signedValues(block.rate(), sections, channels, channels),
                tensors.signedValues(block.rateBias(), sections, channels),
                tensors.signedValues(block.candidate(), sections, channels, channels),
                tensors.signedValues(block.candidateBias(), sections, channels),
                tensors.signedValues(block.mixing(), count, count),
                tensors.signedValues(block.mixingBias(), count, channels),
                tensors.signedValues(block.update(), sections, channels, channels));
    }
}
