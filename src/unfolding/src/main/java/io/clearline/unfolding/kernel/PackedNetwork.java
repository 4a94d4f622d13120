package io.clearline.unfolding.kernel;

import java.util.List;

/**
 * A network's weights, packed once for a number of lanes. Tied layers are the same instance.
 *
 * @param inferences outputs are the atoms, the summed index is the dictionary's rows
 * @param readOut outputs are the bins
 */
record PackedNetwork(NetworkPlan plan, List<PackedMatrix> inferences, List<PackedLayer> layers, PackedMatrix readOut) {

    static PackedNetwork of(NetworkPlan plan, int lanes) {
        List<PackedMatrix> inferences = plan.inferences().stream()
                .map(w -> PackedMatrix.ofColumns(w.weights(), w.rows(), w.atoms(), lanes))
                .toList();
        int bins = plan.readOut().rows();
        PackedMatrix readOut = PackedMatrix.ofRows(plan.readOut().weights(), 0, bins, plan.atoms(), lanes);
        return new PackedNetwork(plan, inferences, plan.eachLayer(layer -> PackedLayer.of(layer, lanes)), readOut);
    }

    int lanes() {
        return readOut.lanes();
    }

    int inputRows() {
        return plan.network().inputRows();
    }

    int atoms() {
        return plan.atoms();
    }

    int paddedAtoms() {
        return PackedMatrix.vectors(atoms(), lanes()) * lanes();
    }

    int bins() {
        return plan.readOut().rows();
    }
}
