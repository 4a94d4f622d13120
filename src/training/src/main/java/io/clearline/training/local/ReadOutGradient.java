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
package io.clearline.training.local;

import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.RowInterpolation;
import io.clearline.training.local.LocalNmfWeights.SourceParts;
import java.util.Arrays;

/**
 * The forward and backward pass of the read-out of a local network, from channels to masks; the formulas are those of
 * {@link LocalNmfParameters}. Thread-confined.
 */
final class ReadOutGradient {
    private final LocalNmfWeights shape;
    private final int columns;
    private final SourceGradient speech;
    private final SourceGradient noise;
    /** Row below the centre of each bin. */
    private final int[] lowerRow;

    /** Weight of the row above the centre of each bin. */
    private final float[] upperShare;

    /** Input of the read-out, {@code [hops x groups x channels]}. The last block fills it. */
    final float[] input;

    private final float[] inputSlope;

    ReadOutGradient(LocalNmfWeights shape, MatrixProducts products, int columns) {
        this.shape = shape;
        this.columns = columns;
        speech = new SourceGradient(shape, shape.speech, shape.speechAtoms, products, columns);
        noise = new SourceGradient(shape, shape.noise, shape.noiseAtoms, products, columns);
        RowInterpolation beside = RowInterpolation.of(shape.rowBins, shape.bins);
        lowerRow = beside.lower();
        upperShare = beside.upperShare();
        int length = shape.groups.groups() * columns * shape.channels;
        input = new float[length];
        inputSlope = new float[length];
    }

    /** Computes the mask, {@code [bins x columns]}, from the channels y. */
    void forward(float[] weights, float[] y, float[] mask) {
        speech.forward(weights, y);
        noise.forward(weights, y);
        for (int bin = 0; bin < shape.bins; bin++) {
            float weight = weights[shape.binWeights.at() + bin];
            for (int column = 0; column < columns; column++) {
                float weighted = weight * at(speech.rows, bin, column);
                mask[bin * columns + column] =
                        weighted / (weighted + at(noise.rows, bin, column) + LocalNmfParameters.FLOOR);
            }
        }
    }

    /** Interpolates a bin between two rows. */
    private float at(float[] rows, int bin, int column) {
        int n = lowerRow[bin] * columns + column;
        return rows[n] + upperShare[bin] * (rows[n + columns] - rows[n]);
    }

    /** Runs the backward pass and returns the derivative with respect to the input. */
    float[] backward(float[] weights, float[] y, float[] maskSlope, float[] gradient) {
        Arrays.fill(speech.rowSlopes, 0f);
        Arrays.fill(noise.rowSlopes, 0f);
        for (int bin = 0; bin < shape.bins; bin++) {
            float weight = weights[shape.binWeights.at() + bin];
            float weightSlope = 0;
            for (int column = 0; column < columns; column++) {
                float ofSpeech = at(speech.rows, bin, column);
                float weighted = weight * ofSpeech;
                float others = at(noise.rows, bin, column) + LocalNmfParameters.FLOOR;
                float all = weighted + others;
                float factor = maskSlope[bin * columns + column] / (all * all);
                weightSlope += factor * others * ofSpeech;
                spread(speech.rowSlopes, bin, column, factor * others * weight);
                spread(noise.rowSlopes, bin, column, -factor * weighted);
            }
            gradient[shape.binWeights.at() + bin] = weightSlope;
        }
        Arrays.fill(inputSlope, 0f);
        speech.backward(weights, y, gradient, inputSlope);
        noise.backward(weights, y, gradient, inputSlope);
        return inputSlope;
    }

    /** Back-propagates from a bin to its two rows. */
    private void spread(float[] rowSlopes, int bin, int column, float slope) {
        int n = lowerRow[bin] * columns + column;
        rowSlopes[n] += (1 - upperShare[bin]) * slope;
        rowSlopes[n + columns] += upperShare[bin] * slope;
    }

    /** Forward and backward pass of one source, from channels to rows. */
    private static final class SourceGradient {
        private final LocalNmfWeights shape;
        private final int columns;
        private final Dense inference;
        private final Dense dictionary;
        /** One over the number of groups of each row. */
        private final float[] shares;

        private final int groups;
        private final int channels;
        private final int atoms;
        private final int width;
        /** Square roots of the activations, {@code [hops x groups x atoms]}. */
        private final float[] roots;

        /** The activations; their derivatives in the backward pass. */
        private final float[] activations;

        /** Rows of each group, {@code [hops x groups x width]}; their derivatives in the backward pass. */
        private final float[] parts;
        /** Rows, averaged over the groups that contain them, {@code [rows x columns]}. */
        final float[] rows;

        final float[] rowSlopes;

        SourceGradient(LocalNmfWeights shape, SourceParts source, int atoms, MatrixProducts products, int columns) {
            this.shape = shape;
            this.columns = columns;
            this.atoms = atoms;
            groups = shape.groups.groups();
            channels = shape.channels;
            width = shape.groups.width();
            inference = new Dense(shape.groups, products, channels, atoms, source.inference(), source.bias());
            dictionary = new Dense(shape.groups, products, atoms, width, source.dictionary(), null);
            shares = shape.groups.shares();
            int count = columns * groups;
            roots = new float[count * atoms];
            activations = new float[count * atoms];
            parts = new float[count * width];
            rows = new float[shape.groups.rows() * columns];
            rowSlopes = new float[rows.length];
        }

        void forward(float[] weights, float[] y) {
            Arrays.fill(parts, 0f);
            for (int column = 0; column < columns; column++) {
                int at = column * groups * atoms;
                inference.forward(weights, y, column * groups * channels, roots, at);
                for (int n = at; n < at + groups * atoms; n++) {
                    float v = roots[n];
                    roots[n] = (1 + Math.max(v, 0)) / (1 - Math.min(v, 0));
                    activations[n] = roots[n] * roots[n];
                }
                dictionary.add(weights, activations, at, parts, column * groups * width);
            }
            Arrays.fill(rows, 0f);
            for (int group = 0; group < groups; group++) {
                for (int i = 0; i < width; i++) {
                    int row = shape.groups.start(group) + i;
                    for (int column = 0; column < columns; column++) {
                        rows[row * columns + column] += shares[row] * parts[(column * groups + group) * width + i];
                    }
                }
            }
        }

        /** Adds to the gradient and to {@code ySlope}, the derivative with respect to y. */
        void backward(float[] weights, float[] y, float[] gradient, float[] ySlope) {
            for (int group = 0; group < groups; group++) {
                for (int i = 0; i < width; i++) {
                    int row = shape.groups.start(group) + i;
                    for (int column = 0; column < columns; column++) {
                        parts[(column * groups + group) * width + i] = shares[row] * rowSlopes[row * columns + column];
                    }
                }
            }
            for (int column = 0; column < columns; column++) {
                int at = column * groups * atoms;
                int part = column * groups * width;
                int channel = column * groups * channels;
                dictionary.backward(activations, at, parts, part, gradient);
                Arrays.fill(activations, at, at + groups * atoms, 0f);
                dictionary.backwardToInput(weights, parts, part, activations, at);
                for (int n = at; n < at + groups * atoms; n++) {
                    float root = roots[n];
                    activations[n] *= 2 * root * Math.min(root * root, 1);
                }
                inference.backward(y, channel, activations, at, gradient);
                inference.backwardToBias(activations, at, gradient);
                inference.backwardToInput(weights, activations, at, ySlope, channel);
            }
        }
    }
}
