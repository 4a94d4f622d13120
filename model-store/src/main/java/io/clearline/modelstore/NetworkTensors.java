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

import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.NetworkParameters;
import io.clearline.inference.network.Source;
import io.clearline.modelstore.NetworkTopology.DeepNmf;
import io.clearline.modelstore.NetworkTopology.Gram;
import io.clearline.modelstore.NetworkTopology.GramLayer;
import io.clearline.modelstore.NetworkTopology.GramMemory;
import io.clearline.modelstore.NetworkTopology.LocalNmf;
import io.clearline.modelstore.NetworkTopology.RememberingGram;
import io.clearline.modelstore.NetworkTopology.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts the parameters of a network to a topology and tensors, and back. The topology goes into the card and names
 * the tensors, which go into the file of weights. Stateless.
 */
final class NetworkTensors {

    private static final String INITIAL_ACTIVATIONS = "network.initialActivations";
    private static final String INFERENCE = "network.inference";
    private static final String SPARSITY = "network.sparsity";
    private static final String READ_OUT = "network.readOut";

    private NetworkTensors() {}

    /** Adds the tensors of the network and returns the topology that names them. */
    static NetworkTopology write(NetworkParameters network, TensorWriter tensors) {
        // A switch over the sealed type would need Java 21.
        if (network instanceof DeepNmfParameters deep) {
            return writeDeepNmf(deep, tensors);
        }
        if (network instanceof LocalNmfParameters local) {
            return LocalNmfTensors.write(local, tensors);
        }
        return writeGram((GramNmfParameters) network, tensors);
    }

    private static DeepNmf writeDeepNmf(DeepNmfParameters network, TensorWriter tensors) {
        List<Slot> slots = new ArrayList<>();
        for (Dictionary dictionary : network.slots()) {
            slots.add(new Slot(tensors.add("network.slot." + slots.size(), dictionary), dictionary.rows()));
        }
        tensors.add(INITIAL_ACTIVATIONS, network.initialActivations(), network.atoms());
        return new DeepNmf(network.sources(), network.beta(), network.sparsity(), slots);
    }

    private static NetworkTopology writeGram(GramNmfParameters network, TensorWriter tensors) {
        int atoms = network.atoms();
        tensors.add(INFERENCE, network.inference());
        List<GramLayer> layers = new ArrayList<>();
        for (int k = 0; k < network.iterations(); k++) {
            layers.add(new GramLayer(
                    tensors.add("network.scale." + k, network.scales().get(k), atoms),
                    tensors.add("network.gram." + k, network.grams().get(k), atoms, atoms)));
        }
        List<GramMemory> memories = writeMemories(network, tensors);
        tensors.add(SPARSITY, network.sparsity(), network.iterations());
        tensors.add(READ_OUT, network.readOut());
        tensors.add(INITIAL_ACTIVATIONS, network.initialActivations(), atoms);
        return memories.isEmpty()
                ? new Gram(network.sources(), layers)
                : new RememberingGram(network.sources(), layers, memories);
    }

    private static List<GramMemory> writeMemories(GramNmfParameters network, TensorWriter tensors) {
        int atoms = network.atoms();
        List<GramMemory> memories = new ArrayList<>();
        for (GramNmfParameters.Memory memory : network.memories()) {
            int layer = memories.size() + 1;
            memories.add(new GramMemory(
                    tensors.add("network.excitation." + layer, memory.excitation(), atoms, atoms),
                    tensors.add("network.inhibition." + layer, memory.inhibition(), atoms, atoms),
                    tensors.add("network.rates." + layer, memory.rates(), atoms)));
        }
        return memories;
    }

    /**
     * Assembles the network that the topology describes.
     *
     * @param inputRows rows of one input column, as the features produce it
     * @param bins rows of the read-out
     * @throws IllegalArgumentException when the topology contradicts itself
     * @throws ModelFormatException when a tensor is missing or has another shape
     */
    static NetworkParameters read(NetworkTopology topology, int inputRows, int bins, TensorReader tensors)
            throws ModelFormatException {
        int atoms = Math.toIntExact(
                topology.sources().stream().mapToLong(Source::atoms).sum());
        if (topology instanceof DeepNmf deep) {
            return readDeepNmf(deep, atoms, tensors);
        }
        if (topology instanceof LocalNmf local) {
            return LocalNmfTensors.read(local, inputRows, bins, tensors);
        }
        if (topology instanceof RememberingGram remembering) {
            Gram gram = new Gram(remembering.sources(), remembering.layers());
            return readGram(gram, remembering.memories(), atoms, inputRows, bins, tensors);
        }
        return readGram((Gram) topology, List.of(), atoms, inputRows, bins, tensors);
    }

    private static DeepNmfParameters readDeepNmf(DeepNmf topology, int atoms, TensorReader tensors)
            throws ModelFormatException {
        List<Dictionary> slots = new ArrayList<>();
        for (Slot slot : topology.slots()) {
            slots.add(tensors.dictionary(slot.tensor(), slot.rows(), atoms));
        }
        return new DeepNmfParameters(
                topology.sources(),
                topology.beta(),
                topology.sparsity(),
                slots,
                tensors.values(INITIAL_ACTIVATIONS, atoms));
    }

    private static GramNmfParameters readGram(
            Gram topology, List<GramMemory> remembered, int atoms, int inputRows, int bins, TensorReader tensors)
            throws ModelFormatException {
        List<float[]> scales = new ArrayList<>();
        List<float[]> grams = new ArrayList<>();
        for (GramLayer layer : topology.layers()) {
            scales.add(tensors.values(layer.scale(), atoms));
            grams.add(tensors.values(layer.gram(), atoms, atoms));
        }
        List<GramNmfParameters.Memory> memories = new ArrayList<>();
        for (GramMemory memory : remembered) {
            memories.add(new GramNmfParameters.Memory(
                    tensors.values(memory.excitation(), atoms, atoms),
                    tensors.values(memory.inhibition(), atoms, atoms),
                    tensors.values(memory.rates(), atoms)));
        }
        return new GramNmfParameters(
                topology.sources(),
                tensors.dictionary(INFERENCE, inputRows, atoms),
                scales,
                grams,
                tensors.values(SPARSITY, topology.layers().size()),
                memories,
                tensors.dictionary(READ_OUT, bins, atoms),
                tensors.values(INITIAL_ACTIVATIONS, atoms));
    }
}
