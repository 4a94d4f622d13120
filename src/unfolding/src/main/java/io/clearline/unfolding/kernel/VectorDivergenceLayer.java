package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.COLUMNS;
import static io.clearline.unfolding.kernel.VectorTiles.LANES;
import static io.clearline.unfolding.kernel.VectorTiles.PANEL_ROWS;
import static io.clearline.unfolding.kernel.VectorTiles.SPECIES;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * An update through {@code L = W h}: a chunk of rows is multiplied, turned into what the second product sums, and summed, all
 * in a small scratch, before the next chunk begins.
 */
final class VectorDivergenceLayer implements VectorLayer {

    /** A multiple of every panel's rows. */
    private static final int CHUNK_ROWS = 192;

    private final int inputRows;
    private final int rows;
    private final int atoms;
    private final int stride;

    /** Panels of rows, summed over atoms: W h. */
    private final PanelMatrix synthesis;

    /** Panels of atoms, summed over rows: W^T v. */
    private final PanelMatrix analysis;

    private final float[] inverse;
    private final boolean kullbackLeibler;
    private final float exponent;
    private final float sparsity;
    private final float[] model = new float[CHUNK_ROWS * COLUMNS];
    private final float[] power = new float[CHUNK_ROWS * COLUMNS];
    private final float[] numerators;
    private final float[] denominators;

    VectorDivergenceLayer(NetworkPlan.DivergenceLayer layer, int inputRows, float[] numerators, float[] denominators) {
        this.inputRows = inputRows;
        rows = layer.dictionary().rows();
        atoms = layer.dictionary().atoms();
        float[] weights = layer.dictionary().weights();
        synthesis = PanelMatrix.ofRows(weights, rows, atoms, PANEL_ROWS);
        analysis = PanelMatrix.ofColumns(weights, atoms, rows, PANEL_ROWS);
        stride = analysis.paddedRows() * COLUMNS;
        inverse = layer.inverse();
        kullbackLeibler = layer.isKullbackLeibler();
        exponent = (float) (layer.beta() - 1);
        sparsity = layer.sparsity();
        this.numerators = numerators;
        this.denominators = denominators;
    }

    @Override
    @HotPath
    public void run(float[] x, float[] activations, int groups, boolean lastIsFull) {
        Arrays.fill(numerators, 0, groups * stride, 0);
        if (!kullbackLeibler) {
            Arrays.fill(denominators, 0, groups * stride, 0);
        }
        for (int start = 0; start < rows; start += CHUNK_ROWS) {
            int count = Math.min(CHUNK_ROWS, rows - start);
            for (int group = 0; group < groups; group++) {
                boolean full = group < groups - 1 || lastIsFull;
                chunk(x, activations, group, start, count, full);
            }
        }
        for (int group = 0; group < groups; group++) {
            update(activations, group * stride, 0);
            if (group < groups - 1 || lastIsFull) {
                update(activations, group * stride, LANES);
            }
        }
    }

    @HotPath
    private void chunk(float[] x, float[] activations, int group, int start, int count, boolean full) {
        Arrays.fill(model, 0);
        int panels = PanelMatrix.panels(count, PANEL_ROWS);
        VectorTiles.accumulate(
                synthesis.values(),
                start * atoms,
                synthesis.panelStride(),
                panels,
                atoms,
                activations,
                group * stride,
                model,
                0,
                full);
        int xAt = ((group + 1) * inputRows - rows + start) * COLUMNS;
        prepare(x, xAt, count, 0);
        if (full) {
            prepare(x, xAt, count, LANES);
        }
        if (!kullbackLeibler) {
            sum(power, denominators, group, start, count, full);
        }
        sum(model, numerators, group, start, count, full);
    }

    @HotPath
    private void sum(float[] summands, float[] sums, int group, int start, int count, boolean full) {
        VectorTiles.accumulate(
                analysis.values(),
                start * PANEL_ROWS,
                analysis.panelStride(),
                analysis.panels(),
                count,
                summands,
                0,
                sums,
                group * stride,
                full);
    }

    @HotPath
    private void prepare(float[] x, int xAt, int count, int lane) {
        if (kullbackLeibler) {
            VectorSteps.divide(x, xAt + lane, model, lane, count);
        } else {
            VectorSteps.power(x, xAt + lane, model, power, lane, count, exponent);
        }
    }

    @HotPath
    private void update(float[] activations, int at, int lane) {
        if (kullbackLeibler) {
            for (int i = 0; i < atoms; i++) {
                int row = at + i * COLUMNS + lane;
                FloatVector factor =
                        FloatVector.fromArray(SPECIES, numerators, row).mul(inverse[i]);
                FloatVector.fromArray(SPECIES, activations, row).mul(factor).intoArray(activations, row);
            }
        } else {
            for (int i = 0; i < atoms; i++) {
                int row = at + i * COLUMNS + lane;
                FloatVector denominator = FloatVector.fromArray(SPECIES, denominators, row)
                        .add(sparsity)
                        .max(NetworkPlan.FLOOR);
                FloatVector factor =
                        FloatVector.fromArray(SPECIES, numerators, row).div(denominator);
                FloatVector.fromArray(SPECIES, activations, row).mul(factor).intoArray(activations, row);
            }
        }
    }
}
