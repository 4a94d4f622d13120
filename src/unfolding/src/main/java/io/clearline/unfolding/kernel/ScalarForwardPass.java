package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;
import io.clearline.unfolding.network.Dictionary;
import java.util.Arrays;

/** The forward pass by {@link Rows}: turned inside, so that a column is contiguous and the inner loops are long. */
final class ScalarForwardPass implements ForwardPass {

    private final int width;
    private final int inputRows;
    private final int atoms;
    private final float[] initial;
    private final ScalarInference[] inferences;
    private final ScalarLayer[] layers;
    private final ScalarReadOut readOut;

    /** {@code [width x inputRows]}. */
    private final float[] columns;

    /** {@code [width x atoms]}. */
    private final float[] activations;

    /** {@code [width x atoms]}, shared by the layers. */
    private final float[] numerators;

    private final float[] denominators;

    ScalarForwardPass(NetworkPlan plan, int width) {
        this.width = width;
        inputRows = plan.network().inputRows();
        atoms = plan.atoms();
        initial = plan.network().initialActivations();
        columns = new float[width * inputRows];
        activations = new float[width * atoms];
        numerators = new float[width * atoms];
        denominators = new float[width * atoms];
        inferences = plan.inferences().stream()
                .map(w -> new ScalarInference(w, inputRows, width))
                .toArray(ScalarInference[]::new);
        layers = plan.layers().stream().map(this::layer).toArray(ScalarLayer[]::new);
        readOut = new ScalarReadOut(plan);
    }

    private ScalarLayer layer(NetworkPlan.Layer layer) {
        if (layer instanceof NetworkPlan.DivergenceLayer divergence) {
            return new ScalarDivergenceLayer(divergence, inputRows, numerators, denominators);
        }
        NetworkPlan.EuclideanLayer euclidean = (NetworkPlan.EuclideanLayer) layer;
        return new ScalarEuclideanLayer(euclidean, inferences[euclidean.inference()]);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    @HotPath
    public void run(float[] input, float[] masks, int fill) {
        for (int row = 0; row < inputRows; row++) {
            for (int column = 0; column < fill; column++) {
                columns[column * inputRows + row] = input[row * width + column];
            }
        }
        for (int column = 0; column < fill; column++) {
            System.arraycopy(initial, 0, activations, column * atoms, atoms);
        }
        for (int i = 0; i < inferences.length; i++) {
            inferences[i].run(columns, fill);
        }
        for (int k = 0; k < layers.length; k++) {
            layers[k].run(columns, activations, fill);
        }
        for (int column = 0; column < fill; column++) {
            readOut.run(activations, column * atoms, masks, column, width);
        }
    }

    /** One multiplicative update of {@code activations [width x atoms]}. */
    interface ScalarLayer {

        @HotPath
        void run(float[] columns, float[] activations, int fill);
    }

    /** The product of the input with one dictionary, {@code b = W^T x}. */
    static final class ScalarInference {

        private final int inputRows;
        private final int rows;
        private final int atoms;
        private final float[] weights;
        private final float[] products;

        ScalarInference(Dictionary w, int inputRows, int width) {
            this.inputRows = inputRows;
            rows = w.rows();
            atoms = w.atoms();
            weights = w.weights();
            products = new float[width * atoms];
        }

        @HotPath
        void run(float[] columns, int fill) {
            Arrays.fill(products, 0, fill * atoms, 0);
            for (int column = 0; column < fill; column++) {
                int newest = (column + 1) * inputRows - rows;
                Rows.accumulate(weights, 0, atoms, columns, newest, rows, products, column * atoms, atoms);
            }
        }
    }

    /** An update in the space of the atoms. */
    static final class ScalarEuclideanLayer implements ScalarLayer {

        private final int atoms;
        private final float[] scale;
        private final float[] turnedGram;
        private final float[] bias;
        private final float[] products;
        private final float[] denominators;

        ScalarEuclideanLayer(NetworkPlan.EuclideanLayer layer, ScalarInference inference) {
            atoms = layer.scale().length;
            scale = layer.scale();
            turnedGram = Rows.transposed(layer.gram(), atoms, atoms);
            bias = layer.bias();
            products = inference.products;
            denominators = new float[atoms];
        }

        @Override
        @HotPath
        public void run(float[] columns, float[] activations, int fill) {
            for (int column = 0; column < fill; column++) {
                int at = column * atoms;
                Arrays.fill(denominators, 0);
                Rows.accumulate(turnedGram, 0, atoms, activations, at, atoms, denominators, 0, atoms);
                for (int i = 0; i < atoms; i++) {
                    float denominator = Math.max(denominators[i] + bias[i], NetworkPlan.FLOOR);
                    activations[at + i] = activations[at + i] * ((scale[i] * products[at + i]) / denominator);
                }
            }
        }
    }
}
