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

import io.clearline.dsp.HotPath;
import java.util.Arrays;

/** The Wiener read-out of the scalar kernel, one column at a time. Thread-confined. */
final class ScalarReadOut {

    private final int bins;
    private final int atoms;
    private final int speechAtoms;
    private final float offset;
    private final float[][] transposedWeights;
    private final float[] speech;
    private final float[] all;

    ScalarReadOut(NetworkPlan plan) {
        bins = plan.readOut().rows();
        atoms = plan.atoms();
        speechAtoms = plan.network().speechAtoms();
        offset = plan.maskOffset();
        transposedWeights = Rows.of(Rows.transposed(plan.readOut().weights(), bins, atoms), atoms, bins);
        speech = new float[bins];
        all = new float[bins];
    }

    /** Computes one column of the masks from the activations of that column. */
    @HotPath
    void run(float[] activations, float[] masks, int column) {
        Arrays.fill(speech, 0);
        Rows.accumulate(transposedWeights, 0, speechAtoms, activations, 0, speech, bins);
        System.arraycopy(speech, 0, all, 0, bins);
        Rows.accumulate(transposedWeights, speechAtoms, atoms - speechAtoms, activations, speechAtoms, all, bins);
        for (int bin = 0; bin < bins; bin++) {
            float mask = speech[bin] / Math.max(all[bin] + offset, NetworkPlan.FLOOR);
            masks[column * bins + bin] = Math.min(mask, 1);
        }
    }
}
