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
 * The Wiener read-out over columns side by side: {@code mask = L_s / (L_s + L_o)} with {@code L_s = W_s H_s} of the
 * first source and {@code L_o = W_o H_o} of the rest, and the way back through it. Thread-confined.
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
    private final float[] bySpeech;
    private final float[] byOther;
    private final float[] otherActivations;
    private final float[] weightScratch;
    private final float[] activationScratch;
    private float[] activations;
    private int columns;

    ReadOutLayer(MatrixProducts products, int bins, int speechAtoms, int otherAtoms, int mostColumns) {
        this.products = products;
        this.bins = bins;
        this.speechAtoms = speechAtoms;
        this.otherAtoms = otherAtoms;
        speechWeights = new float[bins * speechAtoms];
        otherWeights = new float[bins * otherAtoms];
        speech = new float[bins * mostColumns];
        other = new float[bins * mostColumns];
        bySpeech = new float[bins * mostColumns];
        byOther = new float[bins * mostColumns];
        otherActivations = new float[otherAtoms * mostColumns];
        weightScratch = new float[bins * Math.max(speechAtoms, otherAtoms)];
        activationScratch = new float[otherAtoms * mostColumns];
    }

    /** Takes the weights {@code [bins x atoms]}, speech first, from {@code offset}. */
    void setWeights(float[] weights, int offset) {
        int atoms = speechAtoms + otherAtoms;
        for (int bin = 0; bin < bins; bin++) {
            System.arraycopy(weights, offset + bin * atoms, speechWeights, bin * speechAtoms, speechAtoms);
            System.arraycopy(weights, offset + bin * atoms + speechAtoms, otherWeights, bin * otherAtoms, otherAtoms);
        }
    }

    /** Number of weights. */
    int size() {
        return speechWeights.length + otherWeights.length;
    }

    /**
     * Computes the mask.
     *
     * @param h {@code [atoms x columns]}; kept, not copied, for the way back
     * @param mask takes {@code [bins x columns]}
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
     * Goes back: plus and minus of the slope by the mask become the slope by the activations, and the gradient of the
     * weights is added.
     *
     * @param slope takes dE/dH, {@code [atoms x columns]}; null where nothing below is trained
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
     * Goes back with both parts apart.
     *
     * @param slopePlus takes [dE/dH]+; null, with {@code slopeMinus}, where nothing below is trained
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

    /** More speech raises the mask, more of the rest lowers it. */
    private void part(float[] sameSign, float[] otherSign) {
        for (int i = 0; i < bins * columns; i++) {
            float all = Math.max(speech[i] + other[i], FLOOR);
            float square = all * all;
            bySpeech[i] = sameSign[i] * other[i] / square;
            byOther[i] = otherSign[i] * speech[i] / square;
        }
    }

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

    private void addColumns(float[] gradient, int offset, int stride, int count) {
        for (int bin = 0; bin < bins; bin++) {
            for (int i = 0; i < count; i++) {
                gradient[offset + bin * stride + i] += weightScratch[bin * count + i];
            }
        }
    }
}
