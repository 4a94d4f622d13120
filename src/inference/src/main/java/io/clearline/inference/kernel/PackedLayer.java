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

import java.util.Arrays;

/** The packed weights of a layer, which {@code VectorTiles} and {@code VectorWideTiles} read. Immutable. */
sealed interface PackedLayer permits PackedLayer.Divergence, PackedLayer.Euclidean, PackedLayer.Remembering {

    /** Rows that a divergence layer processes at a time: a multiple of three vectors of every length up to 64 lanes. */
    int CHUNK_ROWS = 192;

    static PackedLayer of(NetworkPlan.Layer layer, int lanes) {
        if (layer instanceof NetworkPlan.DivergenceLayer divergence) {
            return Divergence.of(divergence, lanes);
        }
        return layer instanceof NetworkPlan.MemoryLayer remembering
                ? Remembering.of(remembering, lanes)
                : Euclidean.of((NetworkPlan.EuclideanLayer) layer, lanes);
    }

    /**
     * An update that needs the reconstruction {@code L = W h}.
     *
     * @param synthesis matrices for W h, one per chunk of rows; the outputs are the rows of the chunk
     * @param analysis matrix for W^T v; the outputs are the atoms
     * @param inverse 1 / (column sums + sparsity), {@code [padded atoms]}; used for Kullback-Leibler only
     * @param exponent beta - 1
     */
    record Divergence(
            int rows,
            int atoms,
            PackedMatrix[] synthesis,
            PackedMatrix analysis,
            boolean kullbackLeibler,
            float[] inverse,
            float exponent,
            float sparsity)
            implements PackedLayer {

        private static Divergence of(NetworkPlan.DivergenceLayer layer, int lanes) {
            int rows = layer.dictionary().rows();
            int atoms = layer.dictionary().atoms();
            float[] weights = layer.dictionary().weights();
            PackedMatrix[] synthesis = new PackedMatrix[(rows + CHUNK_ROWS - 1) / CHUNK_ROWS];
            for (int chunk = 0; chunk < synthesis.length; chunk++) {
                int start = chunk * CHUNK_ROWS;
                int count = Math.min(CHUNK_ROWS, rows - start);
                synthesis[chunk] = PackedMatrix.ofRows(weights, start, count, atoms, lanes);
            }
            PackedMatrix analysis = PackedMatrix.ofColumns(weights, rows, atoms, lanes);
            return new Divergence(
                    rows,
                    atoms,
                    synthesis,
                    analysis,
                    layer.isKullbackLeibler(),
                    Arrays.copyOf(layer.inverse(), analysis.paddedOutputs()),
                    (float) (layer.beta() - 1),
                    layer.sparsity());
        }
    }

    /**
     * A Euclidean update.
     *
     * @param inference index of the product with the input that is the numerator
     * @param scale {@code [padded atoms]}
     * @param bias {@code [padded atoms]}
     */
    record Euclidean(int atoms, int inference, PackedMatrix gram, float[] scale, float[] bias) implements PackedLayer {

        private static Euclidean of(NetworkPlan.EuclideanLayer layer, int lanes) {
            int atoms = layer.scale().length;
            PackedMatrix gram = PackedMatrix.ofRows(layer.gram(), 0, atoms, atoms, lanes);
            int padded = gram.paddedOutputs();
            return new Euclidean(
                    atoms,
                    layer.inference(),
                    gram,
                    Arrays.copyOf(layer.scale(), padded),
                    Arrays.copyOf(layer.bias(), padded));
        }
    }

    /**
     * A Euclidean update with a memory.
     *
     * @param rates {@code [atoms]}
     * @param memoryOffset index of the means in a stream's memory
     */
    record Remembering(
            Euclidean update, PackedMatrix excitation, PackedMatrix inhibition, float[] rates, int memoryOffset)
            implements PackedLayer {

        private static Remembering of(NetworkPlan.MemoryLayer layer, int lanes) {
            Euclidean update = Euclidean.of(layer.update(), lanes);
            int atoms = update.atoms();
            return new Remembering(
                    update,
                    PackedMatrix.ofRows(layer.memory().excitation(), 0, atoms, atoms, lanes),
                    PackedMatrix.ofRows(layer.memory().inhibition(), 0, atoms, atoms, lanes),
                    layer.memory().rates(),
                    layer.memoryOffset());
        }
    }
}
