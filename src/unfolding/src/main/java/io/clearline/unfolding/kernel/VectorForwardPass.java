package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.LANES;

import io.clearline.dsp.HotPath;

/** The forward pass by {@link VectorTiles}. */
final class VectorForwardPass implements ForwardPass {

    private final int width;
    private final int inputRows;
    private final int atoms;
    private final int atomStride;
    private final float[] initial;
    private final VectorInference[] inferences;
    private final VectorLayer[] layers;
    private final VectorReadOut readOut;

    /** {@code [width x inputRows]}, with a vector's room behind the last column. */
    private final float[] columns;

    /** {@code [width x padded atoms]}. */
    private final float[] activations;

    VectorForwardPass(NetworkPlan plan, int width) {
        this.width = width;
        inputRows = plan.network().inputRows();
        atoms = plan.atoms();
        atomStride = PackedMatrix.vectors(atoms, LANES) * LANES;
        initial = plan.network().initialActivations();
        columns = new float[width * inputRows + 2 * LANES];
        activations = new float[width * atomStride];
        inferences = plan.inferences().stream()
                .map(w -> new VectorInference(w, inputRows, width))
                .toArray(VectorInference[]::new);
        VectorDivergenceLayer.Scratch scratch = new VectorDivergenceLayer.Scratch(width, atomStride);
        layers = plan.eachLayer(layer -> layer(layer, scratch)).toArray(VectorLayer[]::new);
        readOut = new VectorReadOut(plan, width);
    }

    private VectorLayer layer(NetworkPlan.Layer layer, VectorDivergenceLayer.Scratch scratch) {
        if (layer instanceof NetworkPlan.DivergenceLayer divergence) {
            return new VectorDivergenceLayer(divergence, inputRows, scratch);
        }
        NetworkPlan.EuclideanLayer euclidean = (NetworkPlan.EuclideanLayer) layer;
        return new VectorEuclideanLayer(euclidean, inferences[euclidean.inference()], width);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    @HotPath
    public void run(float[] input, float[] masks, int fill) {
        System.arraycopy(input, 0, columns, 0, fill * inputRows);
        for (int column = 0; column < fill; column++) {
            System.arraycopy(initial, 0, activations, column * atomStride, atoms);
        }
        for (int i = 0; i < inferences.length; i++) {
            inferences[i].run(columns, fill);
        }
        for (int k = 0; k < layers.length; k++) {
            layers[k].run(columns, activations, fill);
        }
        readOut.run(activations, masks, fill);
    }
}
