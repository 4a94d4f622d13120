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

import static io.clearline.inference.kernel.VectorWideTiles.COLUMNS;

import io.clearline.dsp.HotPath;
import java.util.Arrays;

/**
 * The forward pass for a full group of columns, with the columns in the lanes; see {@link VectorWideTiles}. All its
 * arrays are {@code [rows x group]}, so it transposes the input and the masks. Thread-confined.
 */
final class VectorWidePass {

    /** Input rows that are processed at a time, so that the data of the tiles stay in the cache. */
    private static final int CHUNK_ROWS = 192;

    private final PackedNetwork network;
    private final int inputRows;
    private final int bins;
    private final float[] initial;
    private final PackedMatrix[] inferences;
    private final VectorWideLayer[] layers;
    private final VectorWideReadOut readOut;
    private final boolean hasMemory;
    private final ColumnMemories memories;

    /** {@code [inputRows x group]}. */
    private final float[] columns;

    /** {@code [padded atoms x group]}. */
    private final float[] activations;

    /** One array {@code [padded atoms x group]} for each inference. */
    private final float[][] products;

    /** {@code [padded bins x group]}. */
    private final float[] mask;

    VectorWidePass(PackedNetwork network) {
        this.network = network;
        inputRows = network.inputRows();
        bins = network.bins();
        initial = network.plan().initialActivations();
        int atomValues = network.paddedAtoms() * COLUMNS;
        columns = new float[inputRows * COLUMNS];
        activations = new float[atomValues];
        inferences = network.inferences().toArray(PackedMatrix[]::new);
        products = new float[inferences.length][atomValues];
        hasMemory = network.plan().hasMemory();
        memories = new ColumnMemories(COLUMNS);
        VectorWideDivergenceLayer.Scratch scratch = new VectorWideDivergenceLayer.Scratch(atomValues);
        layers = network.layers().stream().map(layer -> layer(layer, scratch)).toArray(VectorWideLayer[]::new);
        readOut = new VectorWideReadOut(network);
        mask = new float[network.readOut().paddedOutputs() * COLUMNS];
    }

    private VectorWideLayer layer(PackedLayer layer, VectorWideDivergenceLayer.Scratch scratch) {
        if (layer instanceof PackedLayer.Divergence divergence) {
            return new VectorWideDivergenceLayer(divergence, inputRows, scratch);
        }
        if (layer instanceof PackedLayer.Remembering remembering) {
            return new VectorWideMemoryLayer(
                    remembering, products[remembering.update().inference()], scratch.denominators(), memories);
        }
        PackedLayer.Euclidean euclidean = (PackedLayer.Euclidean) layer;
        return new VectorWideEuclideanLayer(euclidean, products[euclidean.inference()], scratch.denominators());
    }

    /**
     * Computes columns {@code first .. first + count - 1} of {@code masks} from the same columns of {@code input}.
     * Always computes a full group; columns without a hop are padding.
     */
    @HotPath
    void run(float[] input, float[][] streams, float[] masks, int first, int count) {
        if (hasMemory) {
            memories.begin(streams, first, count);
        }
        if (count < COLUMNS) {
            Arrays.fill(columns, 0);
        }
        Lanes.gather(input, first * inputRows, inputRows, columns, COLUMNS, count);
        for (int atom = 0; atom < initial.length; atom++) {
            Arrays.fill(activations, atom * COLUMNS, (atom + 1) * COLUMNS, initial[atom]);
        }
        for (int i = 0; i < inferences.length; i++) {
            infer(inferences[i], products[i]);
        }
        for (int k = 0; k < layers.length; k++) {
            layers[k].run(columns, activations);
        }
        readOut.run(activations, mask);
        Lanes.scatter(mask, COLUMNS, masks, first * bins, bins, count);
    }

    @HotPath
    private void infer(PackedMatrix weights, float[] product) {
        Arrays.fill(product, 0);
        int rows = weights.inner();
        for (int start = 0; start < rows; start += CHUNK_ROWS) {
            int count = Math.min(CHUNK_ROWS, rows - start);
            int at = (inputRows - rows + start) * COLUMNS;
            VectorWideTiles.accumulate(weights, network.atoms(), start, count, columns, at, product);
        }
    }
}
