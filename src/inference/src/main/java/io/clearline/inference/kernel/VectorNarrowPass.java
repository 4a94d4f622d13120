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

import static io.clearline.inference.kernel.VectorTiles.LANES;

import io.clearline.dsp.HotPath;
import java.util.Arrays;

/**
 * The forward pass for any number of columns, with the outputs of each product in the lanes; see {@link VectorTiles}.
 * Thread-confined.
 */
final class VectorNarrowPass {

    private final int inputRows;
    private final int atoms;
    private final int atomStride;
    private final int bins;
    private final float[] initial;
    private final VectorInference[] inferences;
    private final VectorLayer[] layers;
    private final VectorReadOut readOut;
    private final boolean hasMemory;
    private final ColumnMemories memories;

    /** {@code [width x inputRows]}, followed by padding, because the last vector of a column may read beyond it. */
    private final float[] columns;

    /** {@code [width x padded atoms]}. */
    private final float[] activations;

    VectorNarrowPass(PackedNetwork network, int maxColumns) {
        int width = VectorTiles.paddedCapacity(maxColumns);
        inputRows = network.inputRows();
        atoms = network.atoms();
        atomStride = network.paddedAtoms();
        bins = network.bins();
        initial = network.plan().initialActivations();
        columns = new float[width * inputRows + 2 * LANES];
        activations = new float[width * atomStride];
        inferences = network.inferences().stream()
                .map(w -> new VectorInference(w, inputRows, width))
                .toArray(VectorInference[]::new);
        hasMemory = network.plan().hasMemory();
        memories = new ColumnMemories(width);
        VectorDivergenceLayer.Scratch scratch = new VectorDivergenceLayer.Scratch(width, atomStride);
        layers = network.layers().stream().map(layer -> layer(layer, scratch)).toArray(VectorLayer[]::new);
        readOut = new VectorReadOut(network, width);
    }

    private VectorLayer layer(PackedLayer layer, VectorDivergenceLayer.Scratch scratch) {
        if (layer instanceof PackedLayer.Divergence divergence) {
            return new VectorDivergenceLayer(divergence, inputRows, scratch);
        }
        if (layer instanceof PackedLayer.Remembering remembering) {
            return new VectorMemoryLayer(
                    remembering,
                    inferences[remembering.update().inference()].products(),
                    scratch.denominators(),
                    memories);
        }
        PackedLayer.Euclidean euclidean = (PackedLayer.Euclidean) layer;
        return new VectorEuclideanLayer(
                euclidean, inferences[euclidean.inference()].products(), scratch.denominators());
    }

    /**
     * Computes columns {@code first .. first + fill - 1} of {@code masks} from the same columns of {@code input}. Empty
     * columns are computed as padding, and their results are discarded.
     */
    @HotPath
    void run(float[] input, float[][] streams, float[] masks, int first, int fill) {
        if (hasMemory) {
            memories.begin(streams, first, fill);
        }
        int padded = VectorTiles.padded(fill);
        System.arraycopy(input, first * inputRows, columns, 0, fill * inputRows);
        Arrays.fill(columns, fill * inputRows, padded * inputRows, 0);
        for (int column = 0; column < padded; column++) {
            System.arraycopy(initial, 0, activations, column * atomStride, atoms);
        }
        for (int i = 0; i < inferences.length; i++) {
            inferences[i].run(columns, padded);
        }
        for (int k = 0; k < layers.length; k++) {
            layers[k].run(columns, activations, padded);
        }
        readOut.run(activations, padded, masks, first * bins, fill);
    }
}
