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
package io.clearline.inference.kernel;

import java.util.List;

/**
 * The weights of a network, packed for vectors of a given number of lanes. Tied layers are the same instance.
 * Immutable.
 *
 * @param inferences the outputs are the atoms, and the summed index runs over the rows of the dictionary
 * @param readOut the outputs are the bins
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
