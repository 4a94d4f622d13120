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

import static io.clearline.inference.kernel.VectorTiles.LANES;
import static io.clearline.inference.kernel.VectorTiles.SPECIES;
import static io.clearline.inference.kernel.VectorWideTiles.COLUMNS;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** {@link VectorReadOut} for a full group of columns. Thread-confined. */
final class VectorWideReadOut {

    private final int atoms;
    private final int speechAtoms;
    private final int bins;
    private final float offset;
    private final PackedMatrix weights;
    private final float[] all;

    VectorWideReadOut(PackedNetwork network) {
        atoms = network.atoms();
        speechAtoms = network.plan().network().speechAtoms();
        bins = network.bins();
        offset = network.plan().maskOffset();
        weights = network.readOut();
        all = new float[weights.paddedOutputs() * COLUMNS];
    }

    /** Computes {@code mask [padded bins x group]} from {@code activations [padded atoms x group]}. */
    @HotPath
    void run(float[] activations, float[] mask) {
        Arrays.fill(mask, 0);
        VectorWideTiles.accumulate(weights, bins, 0, speechAtoms, activations, 0, mask);
        System.arraycopy(mask, 0, all, 0, all.length);
        int others = atoms - speechAtoms;
        VectorWideTiles.accumulate(weights, bins, speechAtoms, others, activations, speechAtoms * COLUMNS, all);
        for (int i = 0; i < bins * COLUMNS; i += LANES) {
            FloatVector denominator =
                    FloatVector.fromArray(SPECIES, all, i).add(offset).max(NetworkPlan.FLOOR);
            FloatVector.fromArray(SPECIES, mask, i).div(denominator).min(1).intoArray(mask, i);
        }
    }
}
