package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;
import java.util.Arrays;

/** The Wiener read-out of one column at a time. */
final class ScalarReadOut {

    private final int bins;
    private final int atoms;
    private final int speechAtoms;
    private final float offset;
    private final float[][] turnedWeights;
    private final float[] speech;
    private final float[] all;

    ScalarReadOut(NetworkPlan plan) {
        bins = plan.readOut().rows();
        atoms = plan.atoms();
        speechAtoms = plan.network().speechAtoms();
        offset = plan.maskOffset();
        turnedWeights = Rows.of(Rows.transposed(plan.readOut().weights(), bins, atoms), atoms, bins);
        speech = new float[bins];
        all = new float[bins];
    }

    /** From one column's activations to one column of the masks. */
    @HotPath
    void run(float[] activations, float[] masks, int column) {
        Arrays.fill(speech, 0);
        Rows.accumulate(turnedWeights, 0, speechAtoms, activations, 0, speech, bins);
        System.arraycopy(speech, 0, all, 0, bins);
        Rows.accumulate(turnedWeights, speechAtoms, atoms - speechAtoms, activations, speechAtoms, all, bins);
        for (int bin = 0; bin < bins; bin++) {
            float mask = speech[bin] / Math.max(all[bin] + offset, NetworkPlan.FLOOR);
            masks[column * bins + bin] = Math.min(mask, 1);
        }
    }
}
