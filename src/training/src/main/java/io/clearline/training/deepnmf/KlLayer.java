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
package io.clearline.training.deepnmf;

import io.clearline.inference.kernel.MatrixProducts;
import java.util.Arrays;

/**
 * One update of the activations under the Kullback-Leibler divergence for many columns, with its backward pass; the
 * single-precision form of {@code NmfLayer} in the unfolding module at beta = 1.
 *
 * <pre>
 *   H' = H N / P,  N = W^T (M / L),  P = column sums of W + mu,  L = W H
 * </pre>
 *
 * The backward pass, with G = dE/dH', A = G H / P, B = G H' / P and D = -(W A) M / L^2:
 *
 * <pre>
 *   dE/dH = G N / P + W^T D;   dE/dW = (M / L) A^T - sum(B) + D H^T
 * </pre>
 *
 * The split form propagates the positive and the negative terms of G separately; the split is by terms, not by the sign
 * of their sum. Thread-confined.
 */
final class KlLayer {
    private static final float FLOOR = 1e-9f;

    private final MatrixProducts products;
    private final int rows;
    private final int atoms;
    private final float mu;
    private final float[] w;
    /** P, {@code [atoms]}. */
    private final float[] denominator;

    /** L, {@code [rows x columns]}. */
    private final float[] model;

    /** M / L, {@code [rows x columns]}. */
    private final float[] quotient;

    /** N, {@code [atoms x columns]}. */
    private final float[] numerator;

    private final float[] rowScratch;

    /** A, {@code [atoms x columns]}. */
    private final float[] attraction;

    private final float[] throughModel;
    private final float[] otherThroughModel;
    private final float[] weightScratch;
    private int columns;
    private float[] before;
    private float[] after;

    /**
     * Allocates the working memory.
     *
     * @param rows of the dictionary; the layer sees the last rows of the input, the newest frames
     * @param mu sparsity
     * @param maxColumns capacity of the batches in columns
     */
    KlLayer(MatrixProducts products, int rows, int atoms, float mu, int maxColumns) {
        this.products = products;
        this.rows = rows;
        this.atoms = atoms;
        this.mu = mu;
        w = new float[rows * atoms];
        denominator = new float[atoms];
        model = new float[rows * maxColumns];
        quotient = new float[rows * maxColumns];
        numerator = new float[atoms * maxColumns];
        rowScratch = new float[rows * maxColumns];
        attraction = new float[atoms * maxColumns];
        throughModel = new float[atoms * maxColumns];
        otherThroughModel = new float[atoms * maxColumns];
        weightScratch = new float[rows * atoms];
    }

    /** Copies the weights, {@code [rows x atoms]}, from an offset of an array. */
    void setWeights(float[] weights, int offset) {
        System.arraycopy(weights, offset, w, 0, w.length);
        Arrays.fill(denominator, mu);
        for (int row = 0; row < rows; row++) {
            for (int atom = 0; atom < atoms; atom++) {
                denominator[atom] += w[row * atoms + atom];
            }
        }
        for (int atom = 0; atom < atoms; atom++) {
            denominator[atom] = Math.max(denominator[atom], FLOOR);
        }
    }

    /** Returns the number of weights. */
    int size() {
        return w.length;
    }

    /**
     * Runs the forward pass.
     *
     * @param input M and older frames, {@code [inputRows x columns]}
     * @param h H, {@code [atoms x columns]}; referenced, not copied, until the backward pass
     * @param next receives H', referenced likewise; not the same array as {@code h}
     */
    void forward(float[] input, int inputRows, float[] h, float[] next, int columnCount) {
        columns = columnCount;
        before = h;
        after = next;
        products.multiply(w, h, model, rows, atoms, columns);
        int from = (inputRows - rows) * columns;
        for (int i = 0; i < rows * columns; i++) {
            float value = Math.max(model[i], FLOOR);
            model[i] = value;
            quotient[i] = input[from + i] / value;
        }
        products.multiplyTransposedLeft(w, quotient, numerator, atoms, rows, columns);
        for (int atom = 0; atom < atoms; atom++) {
            float inverse = 1 / denominator[atom];
            for (int n = atom * columns; n < (atom + 1) * columns; n++) {
                next[n] = h[n] * numerator[n] * inverse;
            }
        }
    }

    /**
     * Runs the backward pass of the last forward pass.
     *
     * @param slope G; replaced by dE/dH
     * @param gradient dE/dW is added to it from {@code offset}
     */
    void backward(float[] slope, float[] gradient, int offset) {
        back(slope, gradient, gradient, -1, offset, throughModel);
        add(slope, throughModel, -1);
    }

    /**
     * Runs the backward pass in the split form.
     *
     * @param plus G+; replaced by [dE/dH]+
     * @param minus G-; replaced by [dE/dH]-
     * @param gradientPlus [dE/dW]+ is added to it from {@code offset}
     * @param gradientMinus [dE/dW]- is added to it from {@code offset}
     */
    void backwardSplit(float[] plus, float[] minus, float[] gradientPlus, float[] gradientMinus, int offset) {
        back(plus, gradientPlus, gradientMinus, 1, offset, throughModel);
        back(minus, gradientMinus, gradientPlus, 1, offset, otherThroughModel);
        add(minus, throughModel, 1);
        add(plus, otherThroughModel, 1);
    }

    /**
     * Back-propagates one part of G.
     *
     * @param slope G; replaced by G N / P
     * @param own gradient to which the terms with the sign of G are added
     * @param other gradient to which the terms with the opposite sign, {@code sum(B)} and {@code -D H^T}, are added
     * @param otherSign factor of the latter
     * @param modelSlope receives -W^T D
     */
    private void back(float[] slope, float[] own, float[] other, int otherSign, int offset, float[] modelSlope) {
        for (int atom = 0; atom < atoms; atom++) {
            float inverse = 1 / denominator[atom];
            float sum = 0;
            for (int n = atom * columns; n < (atom + 1) * columns; n++) {
                float scaled = slope[n] * inverse;
                sum += scaled * after[n];
                attraction[n] = scaled * before[n];
                slope[n] = scaled * numerator[n];
            }
            for (int row = 0; row < rows; row++) {
                other[offset + row * atoms + atom] += otherSign * sum;
            }
        }
        addProduct(quotient, attraction, own, offset, 1);
        products.multiply(w, attraction, rowScratch, rows, atoms, columns);
        for (int i = 0; i < rows * columns; i++) {
            rowScratch[i] *= quotient[i] / model[i];
        }
        addProduct(rowScratch, before, other, offset, otherSign);
        products.multiplyTransposedLeft(w, rowScratch, modelSlope, atoms, rows, columns);
    }

    /** Adds {@code sign * left right^T} to a gradient. */
    private void addProduct(float[] left, float[] right, float[] gradient, int offset, int sign) {
        products.multiplyTransposedRight(left, right, weightScratch, rows, columns, atoms);
        for (int i = 0; i < weightScratch.length; i++) {
            gradient[offset + i] += sign * weightScratch[i];
        }
    }

    private void add(float[] to, float[] values, int sign) {
        for (int n = 0; n < atoms * columns; n++) {
            to[n] += sign * values[n];
        }
    }
}
