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
package io.clearline.training.nmf;

import io.clearline.inference.kernel.MatrixProducts;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Sparse NMF with the Kullback-Leibler divergence in single precision, {@code V ~ W H}, by multiplicative updates (Lee
 * and Seung 2001). It is fast enough for thousands of frames. The columns of W are normalised to unit L2 norm after
 * each iteration. Thread-confined.
 */
public final class KlNmf {
    private static final float FLOOR = 1e-9f;

    private final MatrixProducts products;
    private final float[] v;
    private final int rows;
    private final int frames;
    private final int atoms;
    private final float sparsity;
    private final float[] w;
    private final float[] h;
    /** W H, or V / (W H). */
    private final float[] model;

    private final float[] numerator;
    private final float[] rowSums;

    /**
     * Creates a factorisation with random initial factors.
     *
     * @param v V, {@code [rows x frames]}; referenced, not copied
     * @param atoms number of columns of W
     * @param sparsity mu, the weight of the L1 norm of H
     * @param seed of the initial factors
     */
    public KlNmf(MatrixProducts products, float[] v, int rows, int frames, int atoms, float sparsity, long seed) {
        this.products = products;
        this.v = v;
        this.rows = rows;
        this.frames = frames;
        this.atoms = atoms;
        this.sparsity = sparsity;
        SplittableRandom random = new SplittableRandom(seed);
        w = randomColumns(random);
        h = new float[atoms * frames];
        for (int i = 0; i < h.length; i++) {
            h[i] = 0.1f + (float) random.nextDouble();
        }
        model = new float[rows * frames];
        numerator = new float[Math.max(atoms * frames, rows * atoms)];
        rowSums = new float[atoms];
        normalise();
    }

    /** Initialises the columns of W with random frames of the data, which converges faster than random values. */
    private float[] randomColumns(SplittableRandom random) {
        float[] columns = new float[rows * atoms];
        for (int atom = 0; atom < atoms; atom++) {
            int frame = random.nextInt(frames);
            for (int row = 0; row < rows; row++) {
                columns[row * atoms + atom] = v[row * frames + frame] + 0.05f + 0.1f * (float) random.nextDouble();
            }
        }
        return columns;
    }

    /** Performs iterations, each of which updates H, then W. */
    public void iterate(int iterations) {
        for (int i = 0; i < iterations; i++) {
            updateActivations();
            updateDictionary();
            normalise();
        }
    }

    /** Returns a copy of W, {@code [rows x atoms]}. */
    public float[] dictionary() {
        return w.clone();
    }

    /** Returns a copy of H, {@code [atoms x frames]}. */
    public float[] activations() {
        return h.clone();
    }

    /** Returns the Kullback-Leibler divergence of V and W H, without the sparsity term. */
    public double divergence() {
        products.multiply(w, h, model, rows, atoms, frames);
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            double x = Math.max(v[i], FLOOR);
            double y = Math.max(model[i], FLOOR);
            sum += x * Math.log(x / y) - x + y;
        }
        return sum;
    }

    private void updateActivations() {
        quotient(v, w, h, rows, frames);
        products.multiplyTransposedLeft(w, model, numerator, atoms, rows, frames);
        for (int atom = 0; atom < atoms; atom++) {
            float columnSum = sparsity;
            for (int row = 0; row < rows; row++) {
                columnSum += w[row * atoms + atom];
            }
            for (int n = atom * frames; n < (atom + 1) * frames; n++) {
                h[n] *= numerator[n] / Math.max(columnSum, FLOOR);
            }
        }
    }

    private void updateDictionary() {
        quotient(v, w, h, rows, frames);
        products.multiplyTransposedRight(model, h, numerator, rows, frames, atoms);
        sumRows();
        for (int row = 0; row < rows; row++) {
            for (int atom = 0; atom < atoms; atom++) {
                w[row * atoms + atom] *= numerator[row * atoms + atom] / Math.max(rowSums[atom], FLOOR);
            }
        }
    }

    /**
     * Learns a dictionary for other data of the same frames, with H unchanged. Its columns are not normalised.
     *
     * @param data {@code [otherRows x frames]}
     * @return {@code [otherRows x atoms]}
     */
    public float[] dictionaryFor(float[] data, int otherRows, int iterations) {
        float[] dictionary = new float[otherRows * atoms];
        Arrays.fill(dictionary, 0.1f);
        float[] ratio = new float[otherRows * frames];
        float[] update = new float[otherRows * atoms];
        sumRows();
        for (int iteration = 0; iteration < iterations; iteration++) {
            products.multiply(dictionary, h, ratio, otherRows, atoms, frames);
            for (int i = 0; i < ratio.length; i++) {
                ratio[i] = data[i] / Math.max(ratio[i], FLOOR);
            }
            products.multiplyTransposedRight(ratio, h, update, otherRows, frames, atoms);
            for (int i = 0; i < dictionary.length; i++) {
                dictionary[i] *= update[i] / Math.max(rowSums[i % atoms], FLOOR);
            }
        }
        return dictionary;
    }

    /** Computes data / (W H) in {@link #model}. */
    private void quotient(float[] data, float[] dictionary, float[] activations, int dataRows, int dataFrames) {
        products.multiply(dictionary, activations, model, dataRows, atoms, dataFrames);
        for (int i = 0; i < dataRows * dataFrames; i++) {
            model[i] = data[i] / Math.max(model[i], FLOOR);
        }
    }

    /** Computes the sums of the rows of H. */
    private void sumRows() {
        for (int atom = 0; atom < atoms; atom++) {
            float sum = 0;
            for (int n = atom * frames; n < (atom + 1) * frames; n++) {
                sum += h[n];
            }
            rowSums[atom] = sum;
        }
    }

    /** Normalises the columns of W and rescales H, so that W H is unchanged. */
    private void normalise() {
        for (int atom = 0; atom < atoms; atom++) {
            double square = 0;
            for (int row = 0; row < rows; row++) {
                square += (double) w[row * atoms + atom] * w[row * atoms + atom];
            }
            float norm = (float) Math.max(Math.sqrt(square), FLOOR);
            for (int row = 0; row < rows; row++) {
                w[row * atoms + atom] /= norm;
            }
            for (int n = atom * frames; n < (atom + 1) * frames; n++) {
                h[n] *= norm;
            }
        }
    }
}
