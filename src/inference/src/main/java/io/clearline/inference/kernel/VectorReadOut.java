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

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The Wiener read-out of the narrow pass: {@code mask = min(s / max(all + offset, floor), 1)}. Thread-confined. */
final class VectorReadOut {

    private final int atoms;
    private final int speechAtoms;
    private final int bins;
    private final float offset;
    private final PackedMatrix weights;
    private final int stride;
    private final int atomStride;
    private final float[] speech;
    private final float[] all;

    VectorReadOut(PackedNetwork network, int width) {
        atoms = network.atoms();
        speechAtoms = network.plan().network().speechAtoms();
        bins = network.bins();
        offset = network.plan().maskOffset();
        weights = network.readOut();
        stride = weights.paddedOutputs();
        atomStride = network.paddedAtoms();
        speech = new float[width * stride];
        all = new float[width * stride];
    }

    /**
     * Computes {@code masks [fill x bins]} from {@code maskAt} on, from {@code activations [columns x padded atoms]}.
     */
    @HotPath
    void run(float[] activations, int columns, float[] masks, int maskAt, int fill) {
        int length = columns * stride;
        Arrays.fill(speech, 0, length, 0);
        VectorTiles.accumulate(weights, 0, speechAtoms, activations, 0, atomStride, speech, 0, stride, columns);
        System.arraycopy(speech, 0, all, 0, length);
        int others = atoms - speechAtoms;
        VectorTiles.accumulate(
                weights, speechAtoms, others, activations, speechAtoms, atomStride, all, 0, stride, columns);
        for (int column = 0; column < fill; column++) {
            divide(column * stride);
            System.arraycopy(speech, column * stride, masks, maskAt + column * bins, bins);
        }
    }

    @HotPath
    private void divide(int at) {
        for (int i = at; i < at + stride; i += LANES) {
            FloatVector denominator =
                    FloatVector.fromArray(SPECIES, all, i).add(offset).max(NetworkPlan.FLOOR);
            FloatVector.fromArray(SPECIES, speech, i).div(denominator).min(1).intoArray(speech, i);
        }
    }
}
