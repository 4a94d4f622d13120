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
import io.clearline.inference.network.Dictionary;
import java.util.Arrays;

/** The forward pass of the scalar kernel, on the products of {@link Rows}. Each column is an array of its own. */
final class ScalarForwardPass implements ForwardPass {

    private final int width;
    private final int inputRows;
    private final int atoms;
    private final float[] initial;
    private final ScalarInference[] inferences;
    private final ScalarLayer[] layers;
    private final ScalarReadOut readOut;
    private final boolean hasMemory;
    private final ColumnMemories memories;

    /** {@code [width][inputRows]}. */
    private final float[][] columns;

    /** {@code [width][atoms]}. */
    private final float[][] activations;

    ScalarForwardPass(NetworkPlan plan, int width) {
        this.width = width;
        inputRows = plan.network().inputRows();
        atoms = plan.atoms();
        initial = plan.initialActivations();
        columns = new float[width][inputRows];
        activations = new float[width][atoms];
        inferences = plan.inferences().stream()
                .map(w -> new ScalarInference(w, inputRows, width))
                .toArray(ScalarInference[]::new);
        hasMemory = plan.hasMemory();
        memories = new ColumnMemories(width);
        ScalarDivergenceLayer.Scratch scratch = new ScalarDivergenceLayer.Scratch(width, atoms);
        layers = plan.eachLayer(layer -> layer(layer, scratch)).toArray(ScalarLayer[]::new);
        readOut = new ScalarReadOut(plan);
    }

    private ScalarLayer layer(NetworkPlan.Layer layer, ScalarDivergenceLayer.Scratch scratch) {
        if (layer instanceof NetworkPlan.DivergenceLayer divergence) {
            return new ScalarDivergenceLayer(divergence, inputRows, scratch);
        }
        if (layer instanceof NetworkPlan.MemoryLayer remembering) {
            return new ScalarMemoryLayer(
                    remembering, inferences[remembering.update().inference()].products(), memories);
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
    public void run(float[] input, float[][] streams, float[] masks, int fill) {
        if (hasMemory) {
            memories.begin(streams, 0, fill);
        }
        for (int column = 0; column < fill; column++) {
            System.arraycopy(input, column * inputRows, columns[column], 0, inputRows);
            System.arraycopy(initial, 0, activations[column], 0, atoms);
        }
        for (int i = 0; i < inferences.length; i++) {
            inferences[i].run(columns, fill);
        }
        for (int k = 0; k < layers.length; k++) {
            layers[k].run(columns, activations, fill);
        }
        for (int column = 0; column < fill; column++) {
            readOut.run(activations[column], masks, column);
        }
    }

    /** One multiplicative update of {@code activations [width][atoms]}. */
    interface ScalarLayer {

        @HotPath
        void run(float[][] columns, float[][] activations, int fill);
    }

    /** The product of the input with one dictionary, {@code b = W^T x}. */
    static final class ScalarInference {

        private final int inputRows;
        private final int rows;
        private final int atoms;
        private final float[][] weights;
        private final float[][] products;

        ScalarInference(Dictionary w, int inputRows, int width) {
            this.inputRows = inputRows;
            rows = w.rows();
            atoms = w.atoms();
            weights = Rows.of(w.weights(), rows, atoms);
            products = new float[width][atoms];
        }

        /** Returns the products of the last run, {@code [width][atoms]}. */
        float[][] products() {
            return products;
        }

        @HotPath
        void run(float[][] columns, int fill) {
            for (int column = 0; column < fill; column++) {
                Arrays.fill(products[column], 0);
                Rows.accumulate(weights, 0, rows, columns[column], inputRows - rows, products[column], atoms);
            }
        }
    }

    /** A Euclidean update: {@code h = h * ((d * b) / max(G h + bias, floor))}. */
    static final class ScalarEuclideanLayer implements ScalarLayer {

        private final int atoms;
        private final float[] scale;
        private final float[][] transposedGram;
        private final float[] bias;
        private final float[][] products;
        private final float[] denominators;

        ScalarEuclideanLayer(NetworkPlan.EuclideanLayer layer, ScalarInference inference) {
            atoms = layer.scale().length;
            scale = layer.scale();
            transposedGram = Rows.of(Rows.transposed(layer.gram(), atoms, atoms), atoms, atoms);
            bias = layer.bias();
            products = inference.products;
            denominators = new float[atoms];
        }

        @Override
        @HotPath
        public void run(float[][] columns, float[][] activations, int fill) {
            for (int column = 0; column < fill; column++) {
                Arrays.fill(denominators, 0);
                Rows.accumulate(transposedGram, 0, atoms, activations[column], 0, denominators, atoms);
                update(activations[column], products[column]);
            }
        }

        @HotPath
        private void update(float[] h, float[] b) {
            for (int i = 0; i < atoms; i++) {
                float denominator = Math.max(denominators[i] + bias[i], NetworkPlan.FLOOR);
                h[i] = h[i] * ((scale[i] * b[i]) / denominator);
            }
        }
    }
}
