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

/**
 * The Wiener read-out for many columns, with its backward pass: {@code mask = L_s / (L_s + L_o)}, where {@code L_s =
 * W_s H_s} is the model of the speech and {@code L_o = W_o H_o} that of the other sources. Thread-confined.
 */
final class ReadOutLayer {
    private static final float FLOOR = 1e-9f;

    private final MatrixProducts products;
    private final int bins;
    private final int speechAtoms;
    private final int otherAtoms;
    private final float[] speechWeights;
    private final float[] otherWeights;
    private final float[] speech;
    private final float[] other;
    /** dE/dL_s, {@code [bins x columns]}. */
    private final float[] bySpeech;

    /** dE/dL_o, {@code [bins x columns]}. */
    private final float[] byOther;

    private final float[] otherActivations;
    private final float[] weightScratch;
    private final float[] activationScratch;
    private float[] activations;
    private int columns;

    /** Allocates the working memory for batches of at most {@code maxColumns} columns. */
    ReadOutLayer(MatrixProducts products, int bins, int speechAtoms, int otherAtoms, int maxColumns) {
        this.products = products;
        this.bins = bins;
        this.speechAtoms = speechAtoms;
        this.otherAtoms = otherAtoms;
        speechWeights = new float[bins * speechAtoms];
        otherWeights = new float[bins * otherAtoms];
        speech = new float[bins * maxColumns];
        other = new float[bins * maxColumns];
        bySpeech = new float[bins * maxColumns];
        byOther = new float[bins * maxColumns];
        otherActivations = new float[otherAtoms * maxColumns];
        weightScratch = new float[bins * Math.max(speechAtoms, otherAtoms)];
        activationScratch = new float[otherAtoms * maxColumns];
    }

    /** Copies the weights, {@code [bins x atoms]}, speech atoms first, from an offset of an array. */
    void setWeights(float[] weights, int offset) {
        int atoms = speechAtoms + otherAtoms;
        for (int bin = 0; bin < bins; bin++) {
            System.arraycopy(weights, offset + bin * atoms, speechWeights, bin * speechAtoms, speechAtoms);
            System.arraycopy(weights, offset + bin * atoms + speechAtoms, otherWeights, bin * otherAtoms, otherAtoms);
        }
    }

    /** Returns the number of weights. */
    int size() {
        return speechWeights.length + otherWeights.length;
    }

    /**
     * Runs the forward pass.
     *
     * @param h H, {@code [atoms x columns]}; referenced, not copied, until the backward pass
     * @param mask receives the mask, {@code [bins x columns]}
     */
    void forward(float[] h, float[] mask, int columnCount) {
        columns = columnCount;
        activations = h;
        System.arraycopy(h, speechAtoms * columns, otherActivations, 0, otherAtoms * columns);
        products.multiply(speechWeights, h, speech, bins, speechAtoms, columns);
        products.multiply(otherWeights, otherActivations, other, bins, otherAtoms, columns);
        for (int i = 0; i < bins * columns; i++) {
            mask[i] = speech[i] / Math.max(speech[i] + other[i], FLOOR);
        }
    }

    /**
     * Runs the backward pass of the last forward pass.
     *
     * @param plus positive terms of the derivative with respect to the mask, {@code [bins x columns]}
     * @param minus magnitudes of its negative terms
     * @param slope receives dE/dH, {@code [atoms x columns]}; null if no layer below is trained
     * @param gradient dE/dW is added to it from {@code offset}
     */
    void backward(float[] plus, float[] minus, float[] slope, float[] gradient, int offset) {
        for (int i = 0; i < bins * columns; i++) {
            float all = Math.max(speech[i] + other[i], FLOOR);
            float scaled = (plus[i] - minus[i]) / (all * all);
            bySpeech[i] = scaled * other[i];
            byOther[i] = -scaled * speech[i];
        }
        finish(slope, gradient, offset);
    }

    /**
     * Runs the backward pass in the split form.
     *
     * @param slopePlus receives [dE/dH]+; null, like {@code slopeMinus}, if no layer below is trained
     * @param slopeMinus receives [dE/dH]-
     * @param gradientPlus [dE/dW]+ is added to it from {@code offset}
     * @param gradientMinus [dE/dW]- is added to it from {@code offset}
     */
    void backwardSplit(
            float[] plus,
            float[] minus,
            float[] slopePlus,
            float[] slopeMinus,
            float[] gradientPlus,
            float[] gradientMinus,
            int offset) {
        part(plus, minus);
        finish(slopePlus, gradientPlus, offset);
        part(minus, plus);
        finish(slopeMinus, gradientMinus, offset);
    }

    /** Back-propagates to L_s and L_o. The mask rises with L_s and falls with L_o, which exchanges the parts of L_o. */
    private void part(float[] sameSign, float[] otherSign) {
        for (int i = 0; i < bins * columns; i++) {
            float all = Math.max(speech[i] + other[i], FLOOR);
            float square = all * all;
            bySpeech[i] = sameSign[i] * other[i] / square;
            byOther[i] = otherSign[i] * speech[i] / square;
        }
    }

    /** Back-propagates from L_s and L_o to weights and activations. */
    private void finish(float[] slope, float[] gradient, int offset) {
        int atoms = speechAtoms + otherAtoms;
        products.multiplyTransposedRight(bySpeech, activations, weightScratch, bins, columns, speechAtoms);
        addColumns(gradient, offset, atoms, speechAtoms);
        products.multiplyTransposedRight(byOther, otherActivations, weightScratch, bins, columns, otherAtoms);
        addColumns(gradient, offset + speechAtoms, atoms, otherAtoms);
        if (slope != null) {
            products.multiplyTransposedLeft(speechWeights, bySpeech, slope, speechAtoms, bins, columns);
            products.multiplyTransposedLeft(otherWeights, byOther, activationScratch, otherAtoms, bins, columns);
            System.arraycopy(activationScratch, 0, slope, speechAtoms * columns, otherAtoms * columns);
        }
    }

    /** Adds a matrix in {@link #weightScratch} to some columns of a wider one. */
    private void addColumns(float[] gradient, int offset, int stride, int count) {
        for (int bin = 0; bin < bins; bin++) {
            for (int i = 0; i < count; i++) {
                gradient[offset + bin * stride + i] += weightScratch[bin * count + i];
            }
        }
    }
}
