package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.COLUMNS;
import static io.clearline.unfolding.kernel.VectorTiles.LANES;
import static io.clearline.unfolding.kernel.VectorTiles.PANEL_ROWS;
import static io.clearline.unfolding.kernel.VectorTiles.SPECIES;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** {@code h = h * ((d * b) / max(G h + bias, floor))}. */
final class VectorEuclideanLayer implements VectorLayer {

    private final int atoms;
    private final int stride;
    private final PanelMatrix gram;
    private final float[] scale;
    private final float[] bias;
    private final float[] products;
    private final float[] denominators;

    VectorEuclideanLayer(NetworkPlan.EuclideanLayer layer, VectorInference inference) {
        scale = layer.scale();
        bias = layer.bias();
        atoms = scale.length;
        gram = PanelMatrix.ofRows(layer.gram(), atoms, atoms, PANEL_ROWS);
        stride = gram.paddedRows() * COLUMNS;
        products = inference.products();
        denominators = new float[stride];
    }

    @Override
    @HotPath
    public void run(float[] x, float[] activations, int groups, boolean lastIsFull) {
        for (int group = 0; group < groups; group++) {
            boolean full = group < groups - 1 || lastIsFull;
            int at = group * stride;
            Arrays.fill(denominators, 0);
            VectorTiles.accumulate(
                    gram.values(), 0, gram.panelStride(), gram.panels(), atoms, activations, at, denominators, 0, full);
            update(activations, at, 0);
            if (full) {
                update(activations, at, LANES);
            }
        }
    }

    @HotPath
    private void update(float[] activations, int at, int lane) {
        for (int i = 0; i < atoms; i++) {
            int row = i * COLUMNS + lane;
            FloatVector denominator = FloatVector.fromArray(SPECIES, denominators, row)
                    .add(bias[i])
                    .max(NetworkPlan.FLOOR);
            FloatVector numerator =
                    FloatVector.fromArray(SPECIES, products, at + row).mul(scale[i]);
            FloatVector.fromArray(SPECIES, activations, at + row)
                    .mul(numerator.div(denominator))
                    .intoArray(activations, at + row);
        }
    }
}
