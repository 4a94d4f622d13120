package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.COLUMNS;
import static io.clearline.unfolding.kernel.VectorTiles.LANES;
import static io.clearline.unfolding.kernel.VectorTiles.PANEL_ROWS;
import static io.clearline.unfolding.kernel.VectorTiles.SPECIES;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The Wiener read-out of one group of columns. */
final class VectorReadOut {

    private final int atoms;
    private final int speechAtoms;
    private final int bins;
    private final float offset;
    private final PanelMatrix weights;
    private final float[] speech;
    private final float[] all;

    VectorReadOut(NetworkPlan plan) {
        atoms = plan.atoms();
        speechAtoms = plan.network().speechAtoms();
        bins = plan.readOut().rows();
        offset = plan.maskOffset();
        weights = PanelMatrix.ofRows(plan.readOut().weights(), bins, atoms, PANEL_ROWS);
        speech = new float[weights.paddedRows() * COLUMNS];
        all = new float[speech.length];
    }

    /** {@code [padded bins x COLUMNS]}: the masks of the last run. */
    float[] masks() {
        return speech;
    }

    @HotPath
    void run(float[] activations, int at, boolean full) {
        Arrays.fill(speech, 0);
        accumulate(0, speechAtoms, activations, at, speech, full);
        System.arraycopy(speech, 0, all, 0, all.length);
        accumulate(speechAtoms, atoms - speechAtoms, activations, at, all, full);
        divide(0);
        if (full) {
            divide(LANES);
        }
    }

    @HotPath
    private void accumulate(int fromAtom, int count, float[] activations, int at, float[] sums, boolean full) {
        VectorTiles.accumulate(
                weights.values(),
                fromAtom * PANEL_ROWS,
                weights.panelStride(),
                weights.panels(),
                count,
                activations,
                at + fromAtom * COLUMNS,
                sums,
                0,
                full);
    }

    @HotPath
    private void divide(int lane) {
        for (int bin = 0; bin < bins; bin++) {
            int row = bin * COLUMNS + lane;
            FloatVector denominator =
                    FloatVector.fromArray(SPECIES, all, row).add(offset).max(NetworkPlan.FLOOR);
            FloatVector.fromArray(SPECIES, speech, row).div(denominator).min(1).intoArray(speech, row);
        }
    }
}
