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
import java.util.Arrays;

/**
 * An update that needs the reconstruction {@code L = W h}. It processes chunks of rows, whose weights stay in the cache
 * while all columns use them. Thread-confined.
 */
final class ScalarDivergenceLayer implements ScalarForwardPass.ScalarLayer {

    private static final int CHUNK_ROWS = 256;

    private final int inputRows;
    private final int rows;
    private final int atoms;

    /** {@code [rows][atoms]}. */
    private final float[][] weights;

    /** {@code [chunks][atoms][rows of the chunk]}. */
    private final float[][][] transposedChunks;

    private final float[] inverse;
    private final boolean kullbackLeibler;
    private final float exponent;
    private final float sparsity;
    private final float[] model;
    private final float[] power;
    private final float[][] numerators;
    private final float[][] denominators;

    ScalarDivergenceLayer(NetworkPlan.DivergenceLayer layer, int inputRows, Scratch scratch) {
        this.inputRows = inputRows;
        rows = layer.dictionary().rows();
        atoms = layer.dictionary().atoms();
        weights = Rows.of(layer.dictionary().weights(), rows, atoms);
        transposedChunks = transposedChunks(weights, atoms);
        inverse = layer.inverse();
        kullbackLeibler = layer.isKullbackLeibler();
        exponent = (float) (layer.beta() - 1);
        sparsity = layer.sparsity();
        model = scratch.model;
        power = scratch.power;
        numerators = scratch.numerators;
        denominators = scratch.denominators;
    }

    /** Buffers that the layers of a network share, because they run one after the other. */
    static final class Scratch {

        private final float[] model = new float[CHUNK_ROWS];
        private final float[] power = new float[CHUNK_ROWS];

        /** {@code [width][atoms]}, as are the denominators. */
        private final float[][] numerators;

        private final float[][] denominators;

        Scratch(int width, int atoms) {
            numerators = new float[width][atoms];
            denominators = new float[width][atoms];
        }
    }

    private static float[][][] transposedChunks(float[][] weights, int atoms) {
        float[][][] chunks = new float[(weights.length + CHUNK_ROWS - 1) / CHUNK_ROWS][atoms][];
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            int start = chunk * CHUNK_ROWS;
            int length = Math.min(CHUNK_ROWS, weights.length - start);
            for (int atom = 0; atom < atoms; atom++) {
                chunks[chunk][atom] = new float[length];
                for (int row = 0; row < length; row++) {
                    chunks[chunk][atom][row] = weights[start + row][atom];
                }
            }
        }
        return chunks;
    }

    @Override
    @HotPath
    public void run(float[][] columns, float[][] activations, int fill) {
        for (int column = 0; column < fill; column++) {
            Arrays.fill(numerators[column], 0);
            Arrays.fill(denominators[column], 0);
        }
        for (int chunk = 0; chunk < transposedChunks.length; chunk++) {
            for (int column = 0; column < fill; column++) {
                run(chunk, columns[column], activations[column], numerators[column], denominators[column]);
            }
        }
        for (int column = 0; column < fill; column++) {
            update(activations[column], numerators[column], denominators[column]);
        }
    }

    /** Adds the products of one chunk of rows and one column to numerators n and denominators d. */
    @HotPath
    private void run(int chunk, float[] x, float[] h, float[] n, float[] d) {
        int start = chunk * CHUNK_ROWS;
        int length = Math.min(CHUNK_ROWS, rows - start);
        Arrays.fill(model, 0, length, 0);
        Rows.accumulate(transposedChunks[chunk], 0, atoms, h, 0, model, length);
        int from = inputRows - rows + start;
        if (kullbackLeibler) {
            for (int i = 0; i < length; i++) {
                model[i] = x[from + i] / Math.max(model[i], NetworkPlan.FLOOR);
            }
        } else {
            for (int i = 0; i < length; i++) {
                float value = Math.max(model[i], NetworkPlan.FLOOR);
                power[i] = exponent == -1 ? 1 / value : Power.of(value, exponent);
                model[i] = x[from + i] * (power[i] / value);
            }
            Rows.accumulate(weights, start, length, power, 0, d, atoms);
        }
        Rows.accumulate(weights, start, length, model, 0, n, atoms);
    }

    @HotPath
    private void update(float[] h, float[] n, float[] d) {
        if (kullbackLeibler) {
            for (int i = 0; i < atoms; i++) {
                h[i] = h[i] * (n[i] * inverse[i]);
            }
        } else {
            for (int i = 0; i < atoms; i++) {
                h[i] = h[i] * (n[i] / Math.max(d[i] + sparsity, NetworkPlan.FLOOR));
            }
        }
    }
}
