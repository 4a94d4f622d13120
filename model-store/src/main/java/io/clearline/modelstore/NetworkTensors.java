package io.clearline.modelstore;

import io.clearline.modelstore.NetworkTopology.DeepNmf;
import io.clearline.modelstore.NetworkTopology.Gram;
import io.clearline.modelstore.NetworkTopology.GramLayer;
import io.clearline.modelstore.NetworkTopology.GramMemory;
import io.clearline.modelstore.NetworkTopology.Slot;
import io.clearline.unfolding.network.DeepNmfParameters;
import io.clearline.unfolding.network.Dictionary;
import io.clearline.unfolding.network.GramNmfParameters;
import io.clearline.unfolding.network.NetworkParameters;
import io.clearline.unfolding.network.Source;
import java.util.ArrayList;
import java.util.List;

/** Takes a network apart into topology and tensors, and puts it together again. */
final class NetworkTensors {

    private static final String INITIAL_ACTIVATIONS = "network.initialActivations";
    private static final String INFERENCE = "network.inference";
    private static final String SPARSITY = "network.sparsity";
    private static final String READ_OUT = "network.readOut";

    private NetworkTensors() {}

    /** Adds the network's tensors; answers the topology that names them. */
    static NetworkTopology write(NetworkParameters network, TensorWriter tensors) {
        // Not a switch over the sealed type: that comes with Java 21.
        NetworkTopology topology = network instanceof DeepNmfParameters deep
                ? writeDeepNmf(deep, tensors)
                : writeGram((GramNmfParameters) network, tensors);
        tensors.add(INITIAL_ACTIVATIONS, network.initialActivations(), network.atoms());
        return topology;
    }

    private static DeepNmf writeDeepNmf(DeepNmfParameters network, TensorWriter tensors) {
        List<Slot> slots = new ArrayList<>();
        for (Dictionary dictionary : network.slots()) {
            slots.add(new Slot(tensors.add("network.slot." + slots.size(), dictionary), dictionary.rows()));
        }
        return new DeepNmf(network.sources(), network.beta(), network.sparsity(), slots);
    }

    private static Gram writeGram(GramNmfParameters network, TensorWriter tensors) {
        int atoms = network.atoms();
        tensors.add(INFERENCE, network.inference());
        List<GramLayer> layers = new ArrayList<>();
        for (int k = 0; k < network.iterations(); k++) {
            layers.add(new GramLayer(
                    tensors.add("network.scale." + k, network.scales().get(k), atoms),
                    tensors.add("network.gram." + k, network.grams().get(k), atoms, atoms),
                    k == 0 || network.memories().isEmpty() ? null : writeMemory(network, k, tensors)));
        }
        tensors.add(SPARSITY, network.sparsity(), network.iterations());
        tensors.add(READ_OUT, network.readOut());
        return new Gram(network.sources(), layers);
    }

    private static GramMemory writeMemory(GramNmfParameters network, int layer, TensorWriter tensors) {
        int atoms = network.atoms();
        GramNmfParameters.Memory memory = network.memories().get(layer - 1);
        return new GramMemory(
                tensors.add("network.excitation." + layer, memory.excitation(), atoms, atoms),
                tensors.add("network.inhibition." + layer, memory.inhibition(), atoms, atoms),
                tensors.add("network.rates." + layer, memory.rates(), atoms));
    }

    /**
     * The network that the topology describes.
     *
     * @param inputRows rows of one input column, as the features make it
     * @param bins rows of the read-out
     * @throws IllegalArgumentException when the topology contradicts itself
     */
    static NetworkParameters read(NetworkTopology topology, int inputRows, int bins, TensorReader tensors)
            throws ModelFormatException {
        int atoms = Math.toIntExact(
                topology.sources().stream().mapToLong(Source::atoms).sum());
        return topology instanceof DeepNmf deep
                ? readDeepNmf(deep, atoms, tensors)
                : readGram((Gram) topology, atoms, inputRows, bins, tensors);
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

    private static GramNmfParameters readGram(Gram topology, int atoms, int inputRows, int bins, TensorReader tensors)
            throws ModelFormatException {
        List<float[]> scales = new ArrayList<>();
        List<float[]> grams = new ArrayList<>();
        List<GramNmfParameters.Memory> memories = new ArrayList<>();
        for (GramLayer layer : topology.layers()) {
            scales.add(tensors.values(layer.scale(), atoms));
            grams.add(tensors.values(layer.gram(), atoms, atoms));
            if (layer.memory() != null) {
                memories.add(new GramNmfParameters.Memory(
                        tensors.values(layer.memory().excitation(), atoms, atoms),
                        tensors.values(layer.memory().inhibition(), atoms, atoms),
                        tensors.values(layer.memory().rates(), atoms)));
            }
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
