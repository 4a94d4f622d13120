package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.COLUMNS;
import static io.clearline.unfolding.kernel.VectorTiles.LANES;
import static io.clearline.unfolding.kernel.VectorTiles.PANEL_ROWS;

import io.clearline.dsp.HotPath;
import java.util.Arrays;

/**
 * The forward pass with the batch in the lanes. Columns are taken in groups of two vectors; a last group of at most one
 * vector's columns costs half.
 */
final class VectorForwardPass implements ForwardPass {

    private final int width;
    private final int inputRows;
    private final int atoms;
    private final int bins;

    /** Whether the caller's arrays already have the stride of a group. */
    private final boolean direct;

    private final float[] initial;

    /** {@code [groups][inputRows x COLUMNS]}, unless direct. */
    private final float[] packedInput;

    /** {@code [groups][paddedAtoms x COLUMNS]}; activations likewise. */
    private final float[] activations;

    private final int activationStride;
    private final VectorInference[] inferences;
    private final VectorLayer[] layers;
    private final VectorReadOut readOut;

    VectorForwardPass(NetworkPlan plan, int width) {
        this.width = width;
        inputRows = plan.network().inputRows();
        atoms = plan.atoms();
        bins = plan.network().bins();
        direct = width == COLUMNS;
        initial = plan.network().initialActivations();
        int groups = (width + COLUMNS - 1) / COLUMNS;
        packedInput = new float[direct ? 0 : groups * inputRows * COLUMNS];
        activationStride = PanelMatrix.panels(atoms, PANEL_ROWS) * PANEL_ROWS * COLUMNS;
        activations = new float[groups * activationStride];
        inferences = plan.inferences().stream()
                .map(w -> new VectorInference(w, inputRows, groups))
                .toArray(VectorInference[]::new);
        float[] numerators = new float[groups * activationStride];
        float[] denominators = new float[groups * activationStride];
        layers = plan.layers().stream()
                .map(layer -> layer(layer, numerators, denominators))
                .toArray(VectorLayer[]::new);
        readOut = new VectorReadOut(plan);
    }

    private VectorLayer layer(NetworkPlan.Layer layer, float[] numerators, float[] denominators) {
        if (layer instanceof NetworkPlan.DivergenceLayer divergence) {
            return new VectorDivergenceLayer(divergence, inputRows, numerators, denominators);
        }
        NetworkPlan.EuclideanLayer euclidean = (NetworkPlan.EuclideanLayer) layer;
        return new VectorEuclideanLayer(euclidean, inferences[euclidean.inference()]);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    @HotPath
    public void run(float[] input, float[] masks, int fill) {
        int groups = (fill + COLUMNS - 1) / COLUMNS;
        boolean lastIsFull = fill - (groups - 1) * COLUMNS > LANES;
        float[] x = direct ? input : packedInput;
        if (!direct) {
            for (int group = 0; group < groups; group++) {
                pack(input, group, Math.min(COLUMNS, fill - group * COLUMNS));
            }
        }
        for (int group = 0; group < groups; group++) {
            start(group * activationStride);
        }
        for (int i = 0; i < inferences.length; i++) {
            inferences[i].run(x, groups, lastIsFull);
        }
        for (int k = 0; k < layers.length; k++) {
            layers[k].run(x, activations, groups, lastIsFull);
        }
        for (int group = 0; group < groups; group++) {
            boolean full = group < groups - 1 || lastIsFull;
            readOut.run(activations, group * activationStride, full);
            int columns = Math.min(COLUMNS, fill - group * COLUMNS);
            for (int bin = 0; bin < bins; bin++) {
                System.arraycopy(readOut.masks(), bin * COLUMNS, masks, bin * width + group * COLUMNS, columns);
            }
        }
    }

    /** Columns without a hop become zeros, which every step takes. */
    @HotPath
    private void pack(float[] input, int group, int columns) {
        int to = group * inputRows * COLUMNS;
        int from = group * COLUMNS;
        for (int row = 0; row < inputRows; row++) {
            System.arraycopy(input, from, packedInput, to, columns);
            Arrays.fill(packedInput, to + columns, to + COLUMNS, 0);
            from += width;
            to += COLUMNS;
        }
    }

    @HotPath
    private void start(int at) {
        for (int atom = 0; atom < atoms; atom++) {
            int row = at + atom * COLUMNS;
            Arrays.fill(activations, row, row + COLUMNS, initial[atom]);
        }
    }
}
