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
import io.clearline.training.local.LocalNmfWeights.BlockParts;
import java.util.Arrays;

/** One block of a {@link LocalNmfGradient}; all arrays are {@code [groups x columns x channels]}. Thread-confined. */
final class BlockGradient {
    private final BlockParts parts;
    private final MatrixProducts products;
    private final int groups;
    private final int channels;
    private final int columns;
    private final int hopsPerSegment;
    private final int length;
    private final Dense rate;
    private final Dense candidate;
    private final Dense update;

    /** What comes to the block. */
    final float[] input;

    /** The roots of the rates. */
    private final float[] z;

    private final float[] c;
    private final float[] h;
    /** After the memory. */
    private final float[] middle;
    /** After mixing and leak. */
    private final float[] mixed;

    private final float[] slopes;
    private final float[] product;

    BlockGradient(LocalNmfWeights shape, BlockParts parts, MatrixProducts products, int columns, int hopsPerSegment) {
        this.parts = parts;
        this.products = products;
        this.columns = columns;
        this.hopsPerSegment = hopsPerSegment;
        groups = shape.groups.groups();
        channels = shape.channels;
        length = groups * columns * channels;
        rate = new Dense(shape.groups, products, columns, channels, channels, parts.rate(), parts.rateBias());
        candidate = new Dense(
                shape.groups, products, columns, channels, channels, parts.candidate(), parts.candidateBias());
        update = new Dense(shape.groups, products, columns, channels, channels, parts.update(), null);
        input = new float[length];
        z = new float[length];
        c = new float[length];
        h = new float[length];
        middle = new float[length];
        mixed = new float[length];
        slopes = new float[length];
        product = new float[length];
    }

    /** From {@link #input} to the output. */
    void forward(float[] weights, float[] output) {
        rate.forward(weights, input, z);
        candidate.forward(weights, input, c);
        saturate(z);
        remember();
        for (int n = 0; n < length; n++) {
            middle[n] = input[n] + h[n];
        }
        products.multiply(parts.mixing().of(weights), middle, mixed, groups, groups, columns * channels);
        float[] bias = parts.mixingBias().of(weights);
        for (int group = 0; group < groups; group++) {
            for (int row = group * columns; row < (group + 1) * columns; row++) {
                for (int i = 0; i < channels; i++) {
                    float value = mixed[row * channels + i] + bias[group * channels + i];
                    mixed[row * channels + i] = Math.max(value, LocalNmfParameters.LEAK * value);
                }
            }
        }
        update.forward(weights, mixed, output);
        for (int n = 0; n < length; n++) {
            output[n] += middle[n];
        }
    }

    private static void saturate(float[] values) {
        for (int n = 0; n < values.length; n++) {
            values[n] = 0.5f + 0.5f * (values[n] / (1 + Math.abs(values[n])));
        }
    }

    private void remember() {
        int segment = hopsPerSegment * channels;
        for (int start = 0; start < length; start += segment) {
            for (int n = start; n < start + channels; n++) {
                h[n] = z[n] * z[n] * c[n];
            }
            for (int n = start + channels; n < start + segment; n++) {
                float before = h[n - channels];
                h[n] = before + z[n] * z[n] * (c[n] - before);
            }
        }
    }

    /** From the slope by the output to that by the input, in place. */
    void backward(float[] weights, float[] ySlope, float[] gradient) {
        update.backward(mixed, ySlope, gradient);
        update.backwardToInput(weights, ySlope, slopes);
        for (int n = 0; n < length; n++) {
            slopes[n] *= mixed[n] > 0 ? 1 : LocalNmfParameters.LEAK;
        }
        backwardMixing(weights, gradient);
        for (int n = 0; n < length; n++) {
            ySlope[n] += product[n];
        }
        backwardMemory(ySlope);
        backwardDense(rate, weights, z, ySlope, gradient);
        backwardDense(candidate, weights, c, ySlope, gradient);
    }

    /** Leaves the slope by what came to the mixing in {@link #product}. */
    private void backwardMixing(float[] weights, float[] gradient) {
        int at = parts.mixingBias().at();
        for (int group = 0; group < groups; group++) {
            for (int row = group * columns; row < (group + 1) * columns; row++) {
                for (int i = 0; i < channels; i++) {
                    gradient[at + group * channels + i] += slopes[row * channels + i];
                }
            }
        }
        float[] mixing = new float[groups * groups];
        products.multiplyTransposedRight(slopes, middle, mixing, groups, columns * channels, groups);
        System.arraycopy(mixing, 0, gradient, parts.mixing().at(), mixing.length);
        products.multiplyTransposedLeft(
                parts.mixing().of(weights), slopes, product, groups, groups, columns * channels);
    }

    /**
     * Puts the slopes by the arguments of rate and candidate in the places of z and c; the memory is run the other way
     * through time.
     */
    private void backwardMemory(float[] middleSlope) {
        int segment = hopsPerSegment * channels;
        float[] later = slopes;
        for (int start = 0; start < length; start += segment) {
            Arrays.fill(later, 0, channels, 0f);
            for (int hop = hopsPerSegment - 1; hop >= 0; hop--) {
                int at = start + hop * channels;
                for (int i = 0; i < channels; i++) {
                    int n = at + i;
                    float before = hop == 0 ? 0 : h[n - channels];
                    float used = z[n] * z[n];
                    float slope = middleSlope[n] + later[i];
                    later[i] = slope * (1 - used);
                    float rateSlope = slope * (c[n] - before) * 2 * z[n] * saturationSlope(z[n]);
                    c[n] = slope * used;
                    z[n] = rateSlope;
                }
            }
        }
    }

    /** The slope of {@code s = (1 + v / (1 + |v|)) / 2}, by its value: {@code (1 - |2 s - 1|)^2 / 2}. */
    private static float saturationSlope(float s) {
        float rest = 1 - Math.abs(2 * s - 1);
        return 0.5f * rest * rest;
    }

    private void backwardDense(Dense dense, float[] weights, float[] slope, float[] ySlope, float[] gradient) {
        dense.backward(input, slope, gradient);
        dense.backwardToInput(weights, slope, product);
        for (int n = 0; n < length; n++) {
            ySlope[n] += product[n];
        }
    }
}
