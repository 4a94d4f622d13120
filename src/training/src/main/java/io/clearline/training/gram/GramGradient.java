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
import java.util.Arrays;

/**
 * Loss and gradient of a Gram network over a batch.
 *
 * <p>Forward, columns side by side: {@code b = W^T x; p_k = G_k h_{k-1} + c_k + 1e-8; h_k = h_{k-1} (d_k b) / p_k;}
 * mask = S / (S + N + 1e-8) with S and N the read-outs of the speech's and the noise's activations. Loss: mean over the
 * segments of {@code 10 log10(sum |mask X - S|^2 / sum |S|^2 + 1e-3)}, the negative SNR in dB against the clean complex
 * spectrum. Backward by the chain rule, through the logarithms of the weights. Thread-confined.
 */
final class GramGradient {
    private static final double LOSS_FLOOR = 1e-3;

    private final GramWeights shape;
    private final MatrixProducts products;
    private final int columns;
    private final int hopsPerSegment;

    private final float[] b;
    private final float[][] h;
    private final float[][] p;
    /** Numerators d b + A e. */
    private final float[][] u;
    /** What each layer that remembers has in mind; null for others. */
    private final float[][] e;

    private final float[] noiseActivations;
    private final float[] speech;
    private final float[] noise;
    private final float[] slope;
    private final float[] hSlope;
    private final float[] pSlope;
    private final float[] bSlope;
    private final float[] uSlope;
    private final float[] eSlope;
    private final float[] product;

    GramGradient(GramWeights shape, MatrixProducts products, int columns, int hopsPerSegment) {
        this.shape = shape;
        this.products = products;
        this.columns = columns;
        this.hopsPerSegment = hopsPerSegment;
        int activations = shape.atoms * columns;
        b = new float[activations];
        h = new float[shape.layers + 1][activations];
        p = new float[shape.layers][activations];
        u = new float[shape.layers][activations];
        e = new float[shape.layers][];
        for (int layer = 0; layer < shape.layers; layer++) {
            e[layer] = shape.remembers(layer) ? new float[activations] : null;
        }
        uSlope = new float[activations];
        eSlope = new float[activations];
        noiseActivations = new float[(shape.atoms - shape.speechAtoms) * columns];
        speech = new float[shape.bins * columns];
        noise = new float[shape.bins * columns];
        slope = new float[shape.bins * columns];
        hSlope = new float[activations];
        pSlope = new float[activations];
        bSlope = new float[activations];
        product = new float[Math.max(activations, shape.inputRows * shape.atoms)];
    }

    /**
     * Computes the loss.
     *
     * @param weights the weights themselves, not their logarithms
     * @param gradient takes the derivative of the loss by each logarithm; null to have the loss alone
     */
    double compute(float[] weights, TrainingBatch batch, float[] gradient) {
        forward(weights, batch);
        double loss = lossAndMaskSlope(batch);
        if (gradient != null) {
            Arrays.fill(gradient, 0f);
            backward(weights, batch, gradient);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= weights[i];
            }
        }
        return loss;
    }

    private void forward(float[] weights, TrainingBatch batch) {
        int atoms = shape.atoms;
        products.multiplyTransposedLeft(weights, batch.input, b, atoms, shape.inputRows, columns);
        for (int i = 0; i < atoms; i++) {
            Arrays.fill(h[0], i * columns, (i + 1) * columns, weights[shape.initial() + i]);
        }
        for (int layer = 0; layer < shape.layers; layer++) {
            float[] gram = Arrays.copyOfRange(weights, shape.gram(layer), shape.sparsity(layer));
            products.multiply(gram, h[layer], p[layer], atoms, atoms, columns);
            if (shape.remembers(layer)) {
                remember(weights, layer);
            } else {
                Arrays.fill(u[layer], 0f);
            }
            float constant = weights[shape.sparsity(layer)] + GramNmfParameters.FLOOR;
            for (int i = 0; i < atoms; i++) {
                float scale = weights[shape.scale(layer) + i];
                for (int n = i * columns; n < (i + 1) * columns; n++) {
                    float denominator = p[layer][n] + constant;
                    p[layer][n] = denominator;
                    u[layer][n] += scale * b[n];
                    h[layer + 1][n] = h[layer][n] * u[layer][n] / denominator;
                }
            }
        }
        float[] last = h[shape.layers];
        System.arraycopy(last, shape.speechAtoms * columns, noiseActivations, 0, noiseActivations.length);
        products.multiply(speechReadOut(weights), last, speech, shape.bins, shape.speechAtoms, columns);
        products.multiply(
                noiseReadOut(weights), noiseActivations, noise, shape.bins, atoms - shape.speechAtoms, columns);
    }

    /** Takes in what comes to a layer, adds B e to the denominator and leaves A e in the numerator. */
    private void remember(float[] weights, int layer) {
        int atoms = shape.atoms;
        float[] mind = e[layer];
        for (int i = 0; i < atoms; i++) {
            float rate = GramWeights.rate(weights[shape.rates(layer) + i]);
            for (int start = i * columns; start < (i + 1) * columns; start += hopsPerSegment) {
                float kept = 0;
                for (int hop = 0; hop < hopsPerSegment; hop++) {
                    kept += Math.max(rate, 1f / (hop + 1)) * (h[layer][start + hop] - kept);
                    mind[start + hop] = kept;
                }
            }
        }
        products.multiply(excitation(weights, layer), mind, u[layer], atoms, atoms, columns);
        products.multiply(inhibition(weights, layer), mind, product, atoms, atoms, columns);
        for (int n = 0; n < atoms * columns; n++) {
            p[layer][n] += product[n];
        }
    }

    /** Leaves the derivative of the loss by the mask in {@link #slope}. */
    private double lossAndMaskSlope(TrainingBatch batch) {
        int segments = columns / hopsPerSegment;
        double[] error = batch.speechEnergy.clone();
        for (int bin = 0; bin < shape.bins; bin++) {
            for (int segment = 0; segment < segments; segment++) {
                int from = bin * columns + segment * hopsPerSegment;
                double sum = 0;
                for (int n = from; n < from + hopsPerSegment; n++) {
                    float mask = speech[n] / (speech[n] + noise[n] + GramNmfParameters.FLOOR);
                    sum += mask * (mask * batch.mixturePower[n] - 2 * batch.cross[n]);
                    slope[n] = 2 * (mask * batch.mixturePower[n] - batch.cross[n]);
                }
                error[segment] += sum;
            }
        }
        double loss = 0;
        for (int segment = 0; segment < segments; segment++) {
            double ratio = Math.max(error[segment], 0) / batch.speechEnergy[segment] + LOSS_FLOOR;
            loss += 10 * Math.log10(ratio) / segments;
            float factor = (float) (10 / Math.log(10) / ratio / batch.speechEnergy[segment] / segments);
            for (int bin = 0; bin < shape.bins; bin++) {
                int from = bin * columns + segment * hopsPerSegment;
                for (int n = from; n < from + hopsPerSegment; n++) {
                    slope[n] *= factor;
                }
            }
        }
        return loss;
    }

    private void backward(float[] weights, TrainingBatch batch, float[] gradient) {
        backwardReadOut(weights, gradient);
        Arrays.fill(bSlope, 0f);
        for (int layer = shape.layers - 1; layer >= 0; layer--) {
            backwardLayer(weights, layer, gradient);
        }
        for (int i = 0; i < shape.atoms; i++) {
            gradient[shape.initial() + i] = sum(hSlope, i * columns, columns);
        }
        products.multiplyTransposedRight(batch.input, bSlope, product, shape.inputRows, columns, shape.atoms);
        System.arraycopy(product, 0, gradient, shape.inference(), shape.inputRows * shape.atoms);
    }

    private void backwardReadOut(float[] weights, float[] gradient) {
        int noiseAtoms = shape.atoms - shape.speechAtoms;
        // From the mask to S (left in speech) and N (left in noise).
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

    /** Takes the slope by h_k in {@link #hSlope} to that by h_{k-1}. */
    private void backwardLayer(float[] weights, int layer, float[] gradient) {
        int atoms = shape.atoms;
        float constantSlope = 0;
        for (int i = 0; i < atoms; i++) {
            float scale = weights[shape.scale(layer) + i];
            float scaleSlope = 0;
            float rowSlope = 0;
            for (int n = i * columns; n < (i + 1) * columns; n++) {
                float byP = hSlope[n] / p[layer][n];
                float byU = byP * h[layer][n];
                uSlope[n] = byU;
                scaleSlope += byU * b[n];
                bSlope[n] += byU * scale;
                pSlope[n] = -byP * h[layer + 1][n];
                rowSlope += pSlope[n];
                hSlope[n] = byP * u[layer][n];
            }
            gradient[shape.scale(layer) + i] = scaleSlope;
            constantSlope += rowSlope;
        }
        gradient[shape.sparsity(layer)] = constantSlope;
        products.multiplyTransposedRight(pSlope, h[layer], product, atoms, columns, atoms);
        System.arraycopy(product, 0, gradient, shape.gram(layer), atoms * atoms);
        float[] gram = Arrays.copyOfRange(weights, shape.gram(layer), shape.sparsity(layer));
        products.multiplyTransposedLeft(gram, pSlope, product, atoms, atoms, columns);
        for (int n = 0; n < atoms * columns; n++) {
            hSlope[n] += product[n];
        }
        if (shape.remembers(layer)) {
            backwardMemory(weights, layer, gradient);
        }
    }

    /** Adds to {@link #hSlope} what goes back through the memory: the mean run the other way through time. */
    private void backwardMemory(float[] weights, int layer, float[] gradient) {
        int atoms = shape.atoms;
        products.multiplyTransposedRight(uSlope, e[layer], product, atoms, columns, atoms);
        System.arraycopy(product, 0, gradient, shape.excitation(layer), atoms * atoms);
        products.multiplyTransposedRight(pSlope, e[layer], product, atoms, columns, atoms);
        System.arraycopy(product, 0, gradient, shape.inhibition(layer), atoms * atoms);
        products.multiplyTransposedLeft(excitation(weights, layer), uSlope, eSlope, atoms, atoms, columns);
        products.multiplyTransposedLeft(inhibition(weights, layer), pSlope, product, atoms, atoms, columns);
        for (int i = 0; i < atoms; i++) {
            float odds = weights[shape.rates(layer) + i];
            float rate = GramWeights.rate(odds);
            float rateSlope = 0;
            for (int start = i * columns; start < (i + 1) * columns; start += hopsPerSegment) {
                float later = 0;
                for (int hop = hopsPerSegment - 1; hop >= 0; hop--) {
                    int n = start + hop;
                    float used = Math.max(rate, 1f / (hop + 1));
                    float slope = eSlope[n] + product[n] + later;
                    hSlope[n] += used * slope;
                    if (hop > 0 && rate > 1f / (hop + 1)) {
                        rateSlope += slope * (h[layer][n] - e[layer][n - 1]);
                    }
                    later = (1 - used) * slope;
                }
            }
            // By the odds o of the rate o / (1 + o).
            gradient[shape.rates(layer) + i] = rateSlope / ((1 + odds) * (1 + odds));
        }
    }

    private float[] excitation(float[] weights, int layer) {
        return Arrays.copyOfRange(weights, shape.excitation(layer), shape.inhibition(layer));
    }

    private float[] inhibition(float[] weights, int layer) {
        return Arrays.copyOfRange(weights, shape.inhibition(layer), shape.rates(layer));
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
