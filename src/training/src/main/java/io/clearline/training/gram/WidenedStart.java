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
package io.clearline.training.gram;

import io.clearline.inference.network.GramNmfParameters;
import java.util.SplittableRandom;

/**
 * The weights that training starts from when it goes on from a trained network, with as many atoms or a multiple: every
 * atom is there several times with its share of what it did, so that the wide network begins as the narrow one; small
 * differences let the copies part (after Net2Net, Chen, Goodfellow and Shlens 2016). Immutable.
 */
final class WidenedStart {
    /** Standard deviation of a weight's logarithm. */
    private static final double DIFFERENCE = 0.1;

    private final GramWeights shape;
    private final GramNmfParameters narrow;
    private final int copies;

    /** @throws IllegalArgumentException when the networks differ in more than the number of atoms */
    WidenedStart(GramWeights shape, GramNmfParameters narrow) {
        this.shape = shape;
        this.narrow = narrow;
        copies = shape.atoms / narrow.atoms();
        if (narrow.inputRows() != shape.inputRows
                || narrow.bins() != shape.bins
                || narrow.iterations() != shape.layers
                || narrow.memories().size() != shape.memories()
                || shape.atoms != copies * narrow.atoms()
                || shape.speechAtoms != copies * narrow.speechAtoms()) {
            throw new IllegalArgumentException(String.format(
                    "A network can only be widened: expected %d input rows, %d bins, %d layers (%d of them with a memory) and"
                            + " a multiple of %d speech atoms of %d, but the recipe has %d, %d, %d (%d), and %d of %d.",
                    narrow.inputRows(),
                    narrow.bins(),
                    narrow.iterations(),
                    narrow.memories().size(),
                    narrow.speechAtoms(),
                    narrow.atoms(),
                    shape.inputRows,
                    shape.bins,
                    shape.layers,
                    shape.memories(),
                    shape.speechAtoms,
                    shape.atoms));
        }
    }

    /** The logarithms of the weights, for training. */
    float[] weights(long seed) {
        return weights(copies > 1 ? DIFFERENCE : 0, seed);
    }

    float[] weights(double difference, long seed) {
        float[] weights = new float[shape.size()];
        matrix(narrow.inference().weights(), weights, shape.inference(), shape.inputRows, 0, shape.atoms, 1);
        for (int layer = 0; layer < shape.layers; layer++) {
            vector(narrow.scales().get(layer), weights, shape.scale(layer));
            square(narrow.grams().get(layer), weights, shape.gram(layer));
            weights[shape.sparsity(layer)] = GramNmfParameters.SPARSITY_SCALE * narrow.sparsity()[layer];
            if (shape.remembers(layer)) {
                memory(narrow.memories().get(layer - 1), weights, layer);
            }
        }
        float[] readOut = narrow.readOut().weights();
        matrix(readOut, weights, shape.speechReadOut(), shape.bins, 0, shape.speechAtoms, 1f / copies);
        int noiseAtoms = shape.atoms - shape.speechAtoms;
        matrix(readOut, weights, shape.noiseReadOut(), shape.bins, shape.speechAtoms, noiseAtoms, 1f / copies);
        vector(narrow.initialActivations(), weights, shape.initial());
        return GramWeights.logarithms(weights, difference, new SplittableRandom(seed));
    }

    private void memory(GramNmfParameters.Memory memory, float[] weights, int layer) {
        square(memory.excitation(), weights, shape.excitation(layer));
        square(memory.inhibition(), weights, shape.inhibition(layer));
        for (int i = 0; i < shape.atoms; i++) {
            float rate = memory.rates()[narrowAtom(i)];
            weights[shape.rates(layer) + i] = rate / (1 - rate);
        }
    }

    private void vector(float[] from, float[] to, int at) {
        for (int i = 0; i < shape.atoms; i++) {
            to[at + i] = from[narrowAtom(i)];
        }
    }

    /** What every atom gets from all others is summed over the copies, so each gives its share. */
    private void square(float[] from, float[] to, int at) {
        for (int i = 0; i < shape.atoms; i++) {
            for (int j = 0; j < shape.atoms; j++) {
                to[at + i * shape.atoms + j] = from[narrowAtom(i) * narrow.atoms() + narrowAtom(j)] / copies;
            }
        }
    }

    /** Some of the atoms of a dictionary {@code [rows x atoms]}. */
    private void matrix(float[] from, float[] to, int at, int rows, int firstAtom, int atoms, float factor) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < atoms; i++) {
                to[at + row * atoms + i] = factor * from[row * narrow.atoms() + narrowAtom(firstAtom + i)];
            }
        }
    }

    /** Which atom of the narrow network an atom is a copy of. */
    private int narrowAtom(int atom) {
        int speechAtoms = narrow.speechAtoms();
        return atom < shape.speechAtoms
                ? atom % speechAtoms
                : speechAtoms + (atom - shape.speechAtoms) % (narrow.atoms() - speechAtoms);
    }
}
