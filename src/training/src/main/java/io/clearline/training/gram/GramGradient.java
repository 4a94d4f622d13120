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

import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.training.segments.SegmentBatch;
import io.clearline.training.segments.SegmentGradient;
import io.clearline.training.segments.SegmentLoss;
import java.util.Arrays;

/**
 * Computes the loss of a Gram network over a batch, and its gradient with respect to the logarithms of the weights.
 *
 * <pre>
 *   b = W^T x
 *   u_k = d_k b + A_k e_k                         e_k: running mean of h_(k-1); only in layers with a memory
 *   p_k = G_k h_(k-1) + B_k e_k + c_k + 1e-8
 *   h_k = h_(k-1) u_k / p_k
 *   mask = S / (S + N + 1e-8)                     S and N: read-outs of the speech and the noise activations
 * </pre>
 *
 * {@link SegmentLoss} computes the loss of the mask. The backward pass applies the chain rule to these formulas. The
 * columns of a batch lie side by side. The initial activations h_0 are the same in every column, so that the first
 * layer needs only a matrix-vector product. Thread-confined.
 */
final class GramGradient implements SegmentGradient {
    private final GramWeights shape;
    private final MatrixProducts products;
    private final int columns;
    private final int hopsPerSegment;

    private final SegmentLoss loss;

    private final float[] b;

    /** Activations before each layer and after the last one: {@code [layers + 1]} of {@code [atoms x columns]}. */
    private final float[][] h;

    /** Denominators of each layer. */
    private final float[][] p;

    /** Numerators of each layer. */
    private final float[][] u;

    /** Memory of each layer; null for layers without. */
    private final float[][] e;

    private final float[] noiseActivations;
    /** S; dE/dS in the backward pass. */
    private final float[] speech;

    /** N; dE/dN in the backward pass. */
    private final float[] noise;

    private final float[] mask;

    /** Derivative with respect to the mask. */
    private final float[] slope;

    /** Derivative with respect to the activations after the current layer of the backward pass. */
    private final float[] hSlope;

    private final float[] bSlope;

    /** Derivatives with respect to numerators, then to denominators: {@code [2 atoms x columns]}. */
    private final float[] upSlope;

    /** Scratch of matrix products. */
    private final float[] product;

    /** Allocates the working memory for batches of {@code columns} columns. */
    GramGradient(GramWeights shape, MatrixProducts products, SegmentLoss loss, int columns, int hopsPerSegment) {
        this.shape = shape;
        this.products = products;
        this.loss = loss;
        this.columns = columns;
        this.hopsPerSegment = hopsPerSegment;
        int activations = shape.atoms * columns;
        b = new float[activations];
        h = new float[shape.layers + 1][activations];
        p = new float[shape.layers][activations];
        u = new float[shape.layers][activations];
        e = new float[shape.layers][];
        for (int layer = 0; layer < shape.layers; layer++) {
            e[layer] = shape.hasMemory(layer) ? new float[activations] : null;
        }
        noiseActivations = new float[(shape.atoms - shape.speechAtoms) * columns];
        speech = new float[shape.bins * columns];
        noise = new float[shape.bins * columns];
        mask = new float[shape.bins * columns];
        slope = new float[shape.bins * columns];
        hSlope = new float[activations];
        bSlope = new float[activations];
        upSlope = new float[2 * activations];
        product = new float[Math.max(2 * activations, Math.max(shape.inputRows, 2 * shape.atoms) * shape.atoms)];
    }

    @Override
    public double compute(float[] weights, SegmentBatch batch, float[] gradient) {
        forward(weights, batch);
        double value = loss.compute(mask, batch, slope);
        if (gradient != null) {
            Arrays.fill(gradient, 0f);
            backward(weights, batch, gradient);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= weights[i];
            }
        }
        return value;
    }

    private void forward(float[] weights, SegmentBatch batch) {
        int atoms = shape.atoms;
        products.multiplyTransposedLeft(weights, batch.input(), b, atoms, shape.inputRows, columns);
        for (int i = 0; i < atoms; i++) {
            Arrays.fill(h[0], i * columns, (i + 1) * columns, weights[shape.initial() + i]);
        }
        for (int layer = 0; layer < shape.layers; layer++) {
            startDenominators(weights, layer);
            if (shape.hasMemory(layer)) {
                updateMemory(weights, layer);
            } else {
                Arrays.fill(u[layer], 0f);
            }
            update(weights, layer);
        }
        readOut(weights);
    }

    /** Sets the denominators to G h. */
    private void startDenominators(float[] weights, int layer) {
        int atoms = shape.atoms;
        if (layer > 0) {
            products.multiply(gram(weights, layer), h[layer], p[layer], atoms, atoms, columns);
            return;
        }
        for (int i = 0; i < atoms; i++) {
            float sum = 0;
            for (int j = 0; j < atoms; j++) {
                sum = Math.fma(weights[shape.gram(0) + i * atoms + j], weights[shape.initial() + j], sum);
            }
            Arrays.fill(p[0], i * columns, (i + 1) * columns, sum);
        }
    }

    /** Completes numerators and denominators and computes the activations after a layer. */
    private void update(float[] weights, int layer) {
        float[] from = h[layer];
        float[] to = h[layer + 1];
        float[] numerators = u[layer];
        float[] denominators = p[layer];
        float constant = weights[shape.sparsity(layer)] + GramNmfParameters.FLOOR;
        for (int i = 0; i < shape.atoms; i++) {
            float scale = weights[shape.scale(layer) + i];
            for (int n = i * columns; n < (i + 1) * columns; n++) {
                denominators[n] += constant;
                numerators[n] += scale * b[n];
                to[n] = from[n] * numerators[n] / denominators[n];
            }
        }
    }

    private void readOut(float[] weights) {
        float[] last = h[shape.layers];
        System.arraycopy(last, shape.speechAtoms * columns, noiseActivations, 0, noiseActivations.length);
        products.multiply(speechReadOut(weights), last, speech, shape.bins, shape.speechAtoms, columns);
        products.multiply(
                noiseReadOut(weights), noiseActivations, noise, shape.bins, shape.atoms - shape.speechAtoms, columns);
        for (int n = 0; n < mask.length; n++) {
            mask[n] = speech[n] / (speech[n] + noise[n] + GramNmfParameters.FLOOR);
        }
    }

    /** Computes the memory e of a layer, sets the numerators to A e and adds B e to the denominators. */
    private void updateMemory(float[] weights, int layer) {
        int atoms = shape.atoms;
        float[] from = h[layer];
        float[] memory = e[layer];
        for (int i = 0; i < atoms; i++) {
            float rate = GramWeights.rate(weights[shape.rates(layer) + i]);
            for (int start = i * columns; start < (i + 1) * columns; start += hopsPerSegment) {
                float mean = 0;
                for (int hop = 0; hop < hopsPerSegment; hop++) {
                    mean += Math.max(rate, 1f / (hop + 1)) * (from[start + hop] - mean);
                    memory[start + hop] = mean;
                }
            }
        }
        products.multiply(excitationThenInhibition(weights, layer), memory, product, 2 * atoms, atoms, columns);
        System.arraycopy(product, 0, u[layer], 0, atoms * columns);
        float[] denominators = p[layer];
        for (int n = 0; n < denominators.length; n++) {
            denominators[n] += product[denominators.length + n];
        }
    }

    private void backward(float[] weights, SegmentBatch batch, float[] gradient) {
        backwardReadOut(weights, gradient);
        Arrays.fill(bSlope, 0f);
        for (int layer = shape.layers - 1; layer >= 0; layer--) {
            backwardLayer(weights, layer, gradient);
        }
        for (int i = 0; i < shape.atoms; i++) {
            gradient[shape.initial() + i] += sum(hSlope, i * columns, columns);
        }
        products.multiplyTransposedRight(batch.input(), bSlope, product, shape.inputRows, columns, shape.atoms);
        System.arraycopy(product, 0, gradient, shape.inference(), shape.inputRows * shape.atoms);
    }

    private void backwardReadOut(float[] weights, float[] gradient) {
        int noiseAtoms = shape.atoms - shape.speechAtoms;
        // From the mask to S and N: their derivatives replace the values in speech and noise.
        for (int n = 0; n < slope.length; n++) {
            float all = speech[n] + noise[n] + GramNmfParameters.FLOOR;
            float factor = slope[n] / (all * all);
            float bySpeech = factor * (noise[n] + GramNmfParameters.FLOOR);
            float byNoise = -factor * speech[n];
            speech[n] = bySpeech;
            noise[n] = byNoise;
        }
        products.multiplyTransposedRight(speech, h[shape.layers], product, shape.bins, columns, shape.speechAtoms);
        System.arraycopy(product, 0, gradient, shape.speechReadOut(), shape.bins * shape.speechAtoms);
        products.multiplyTransposedRight(noise, noiseActivations, product, shape.bins, columns, noiseAtoms);
        System.arraycopy(product, 0, gradient, shape.noiseReadOut(), shape.bins * noiseAtoms);
        products.multiplyTransposedLeft(speechReadOut(weights), speech, hSlope, shape.speechAtoms, shape.bins, columns);
        products.multiplyTransposedLeft(noiseReadOut(weights), noise, product, noiseAtoms, shape.bins, columns);
        System.arraycopy(product, 0, hSlope, shape.speechAtoms * columns, noiseAtoms * columns);
    }

    /** Back-propagates {@link #hSlope} through a layer, from h_k to h_(k-1). */
    private void backwardLayer(float[] weights, int layer, float[] gradient) {
        backwardUpdate(weights, layer, gradient);
        if (layer == 0) {
            backwardFirstGram(weights, gradient);
            return;
        }
        int atoms = shape.atoms;
        float[] pSlope = Arrays.copyOfRange(upSlope, atoms * columns, 2 * atoms * columns);
        products.multiplyTransposedRight(pSlope, h[layer], product, atoms, columns, atoms);
        System.arraycopy(product, 0, gradient, shape.gram(layer), atoms * atoms);
        products.multiplyTransposedLeft(gram(weights, layer), pSlope, product, atoms, atoms, columns);
        for (int n = 0; n < atoms * columns; n++) {
            hSlope[n] += product[n];
        }
        if (shape.hasMemory(layer)) {
            backwardMemory(weights, layer, gradient);
        }
    }

    /** Back-propagates from h_k to u_k, p_k, d_k, c_k, and to h_(k-1) as a factor of h_k. */
    private void backwardUpdate(float[] weights, int layer, float[] gradient) {
        int pAt = shape.atoms * columns;
        float[] from = h[layer];
        float[] to = h[layer + 1];
        float[] numerators = u[layer];
        float[] denominators = p[layer];
        float constantSlope = 0;
        for (int i = 0; i < shape.atoms; i++) {
            float scale = weights[shape.scale(layer) + i];
            float scaleSlope = 0;
            float rowSlope = 0;
            for (int n = i * columns; n < (i + 1) * columns; n++) {
                float byP = hSlope[n] / denominators[n];
                float byU = byP * from[n];
                upSlope[n] = byU;
                scaleSlope += byU * b[n];
                bSlope[n] += byU * scale;
                float denominatorSlope = -byP * to[n];
                upSlope[pAt + n] = denominatorSlope;
                rowSlope += denominatorSlope;
                hSlope[n] = byP * numerators[n];
            }
            gradient[shape.scale(layer) + i] = scaleSlope;
            constantSlope += rowSlope;
        }
        gradient[shape.sparsity(layer)] = constantSlope;
    }

    /** Back-propagates to the G of the first layer and to h_0, which is one vector for all columns. */
    private void backwardFirstGram(float[] weights, float[] gradient) {
        int atoms = shape.atoms;
        for (int i = 0; i < atoms; i++) {
            float rowSlope = sum(upSlope, (atoms + i) * columns, columns);
            for (int j = 0; j < atoms; j++) {
                int at = shape.gram(0) + i * atoms + j;
                gradient[at] = rowSlope * weights[shape.initial() + j];
                gradient[shape.initial() + j] += rowSlope * weights[at];
            }
        }
    }

    /** Back-propagates through the memory of a layer, in reverse order of the hops, and adds to {@link #hSlope}. */
    private void backwardMemory(float[] weights, int layer, float[] gradient) {
        int atoms = shape.atoms;
        products.multiplyTransposedRight(upSlope, e[layer], product, 2 * atoms, columns, atoms);
        System.arraycopy(product, 0, gradient, shape.excitation(layer), 2 * atoms * atoms);
        products.multiplyTransposedLeft(
                excitationThenInhibition(weights, layer), upSlope, product, atoms, 2 * atoms, columns);
        float[] from = h[layer];
        float[] memory = e[layer];
        for (int i = 0; i < atoms; i++) {
            float odds = weights[shape.rates(layer) + i];
            float rate = GramWeights.rate(odds);
            float rateSlope = 0;
            for (int start = i * columns; start < (i + 1) * columns; start += hopsPerSegment) {
                float later = 0;
                for (int hop = hopsPerSegment - 1; hop >= 0; hop--) {
                    int n = start + hop;
                    float used = Math.max(rate, 1f / (hop + 1));
                    float slope = product[n] + later;
                    hSlope[n] += used * slope;
                    if (hop > 0 && rate > 1f / (hop + 1)) {
                        rateSlope += slope * (from[n] - memory[n - 1]);
                    }
                    later = (1 - used) * slope;
                }
            }
            // From the rate a to its odds o: a = o / (1 + o), da/do = 1 / (1 + o)^2.
            gradient[shape.rates(layer) + i] = rateSlope / ((1 + odds) * (1 + odds));
        }
    }

    private float[] gram(float[] weights, int layer) {
        return Arrays.copyOfRange(weights, shape.gram(layer), shape.sparsity(layer));
    }

    /** Returns A above B, {@code [2 atoms x atoms]}, so that one product serves both. */
    private float[] excitationThenInhibition(float[] weights, int layer) {
        return Arrays.copyOfRange(weights, shape.excitation(layer), shape.rates(layer));
    }

    private float[] speechReadOut(float[] weights) {
        return Arrays.copyOfRange(weights, shape.speechReadOut(), shape.noiseReadOut());
    }

    private float[] noiseReadOut(float[] weights) {
        return Arrays.copyOfRange(weights, shape.noiseReadOut(), shape.initial());
    }

    private static float sum(float[] values, int from, int length) {
        float sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += values[i];
        }
        return sum;
    }
}
