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

/**
 * The forward and backward pass of one block of a local network; the formulas are those of {@link LocalNmfParameters}.
 * Arrays are {@code [hops x groups x channels]}. All computations proceed hop by hop, because the data of a hop fits
 * into the first-level cache. Thread-confined.
 */
final class BlockGradient {
    /** Factor that raises positive values, except the tiniest, to 1 or more; see {@link #leakSlope}. */
    private static final float STEEP = 1e30f;

    private final BlockParts parts;
    private final MatrixProducts products;
    private final int groups;
    private final int channels;
    private final int columns;
    private final int hopsPerSegment;
    /** Number of values of a hop. */
    private final int size;

    private final Dense rate;
    private final Dense candidate;
    private final Dense update;

    /** Input of the block, y. The caller fills it before the forward pass. */
    final float[] input;

    /** Square roots of the rates; their derivatives in the backward pass. */
    private final float[] z;

    /** Candidates; their derivatives in the backward pass. */
    private final float[] c;

    /** Memory after each hop. */
    private final float[] h;

    /** r(M y + m). */
    private final float[] mixed;

    /** Input of the mixing at one hop, transposed: {@code [channels x groups]}. */
    private final float[] transposedMiddle;
    /** A copy of one hop of {@link #mixed}. */
    private final float[] leaked;
    /** Derivative with respect to the output of the mixing at one hop. */
    private final float[] slopes;

    private final float[] biasSlopes;
    private final MemoryGradient memory;

    BlockGradient(LocalNmfWeights shape, BlockParts parts, MatrixProducts products, int columns, int hopsPerSegment) {
        this.parts = parts;
        this.products = products;
        this.columns = columns;
        this.hopsPerSegment = hopsPerSegment;
        groups = shape.groups.groups();
        channels = shape.channels;
        size = groups * channels;
        rate = new Dense(shape.groups, products, channels, channels, parts.rate(), parts.rateBias());
        candidate = new Dense(shape.groups, products, channels, channels, parts.candidate(), parts.candidateBias());
        update = new Dense(shape.groups, products, channels, channels, parts.update(), null);
        int length = columns * size;
        input = new float[length];
        z = new float[length];
        c = new float[length];
        h = new float[length];
        mixed = new float[length];
        transposedMiddle = new float[size];
        leaked = new float[size];
        slopes = new float[size];
        biasSlopes = new float[size];
        memory = new MemoryGradient(size);
    }

    /** Runs the forward pass from {@link #input} to {@code output}. */
    void forward(float[] weights, float[] output) {
        for (int column = 0; column < columns; column++) {
            int at = column * size;
            rate.forward(weights, input, at, z, at);
            candidate.forward(weights, input, at, c, at);
            saturate(z, at, at + size);
            updateMemory(at, column % hopsPerSegment == 0);
            for (int n = at; n < at + size; n++) {
                output[n] = input[n] + h[n];
            }
            mix(weights, output, at);
            update.add(weights, mixed, at, output, at);
        }
    }

    /** Applies {@code s(v) = (1 + v / (1 + |v|)) / 2} in place. */
    private static void saturate(float[] values, int from, int to) {
        for (int n = from; n < to; n++) {
            values[n] = 0.5f + 0.5f * (values[n] / (1 + Math.abs(values[n])));
        }
    }

    /** Computes {@code h = h + z^2 (c - h)} of a hop; h is zero before the first hop of a segment. */
    private void updateMemory(int at, boolean isFirst) {
        if (isFirst) {
            Arrays.fill(h, at, at + size, 0f);
        } else {
            System.arraycopy(h, at - size, h, at, size);
        }
        for (int n = at; n < at + size; n++) {
            h[n] += z[n] * z[n] * (c[n] - h[n]);
        }
    }

    /** Mixes the groups of a hop. */
    private void mix(float[] weights, float[] middle, int at) {
        System.arraycopy(weights, parts.mixingBias().at(), mixed, at, size);
        int mixing = parts.mixing().at();
        products.accumulate(weights, mixing, groups, 1, middle, at, mixed, at, groups, groups, channels);
        for (int n = at; n < at + size; n++) {
            mixed[n] = Math.max(mixed[n], LocalNmfParameters.LEAK * mixed[n]);
        }
    }

    /**
     * Runs the backward pass of the last forward pass.
     *
     * @param ySlope derivative with respect to the output; replaced by that with respect to the input
     * @param gradient the derivative with respect to the weights is added to it
     */
    void backward(float[] weights, float[] ySlope, float[] gradient) {
        Arrays.fill(biasSlopes, 0f);
        memory.reset();
        for (int column = columns - 1; column >= 0; column--) {
            int at = column * size;
            update.backward(mixed, at, ySlope, at, gradient);
            Arrays.fill(slopes, 0f);
            update.backwardToInput(weights, ySlope, at, slopes, 0);
            backwardLeak(at);
            backwardMixing(weights, at, ySlope, gradient);
            memory.backward(z, c, h, at, column % hopsPerSegment, hopsPerSegment, ySlope);
            rate.backward(input, at, z, at, gradient);
            candidate.backward(input, at, c, at, gradient);
            rate.backwardToInput(weights, z, at, ySlope, at);
            candidate.backwardToInput(weights, c, at, ySlope, at);
        }
        rate.backwardToBias(memory.rateSums, 0, gradient);
        candidate.backwardToBias(memory.candidateSums, 0, gradient);
        for (int i = 0; i < size; i++) {
            gradient[parts.mixingBias().at() + i] += biasSlopes[i];
        }
    }

    private void backwardLeak(int at) {
        System.arraycopy(mixed, at, leaked, 0, size);
        for (int i = 0; i < size; i++) {
            slopes[i] *= leakSlope(leaked[i]);
        }
        for (int i = 0; i < size; i++) {
            biasSlopes[i] += slopes[i];
        }
    }

    /** Returns the derivative of r: 1 above zero, the leak below. Branch-free, because the signs are unpredictable. */
    static float leakSlope(float value) {
        return LocalNmfParameters.LEAK + (1 - LocalNmfParameters.LEAK) * Math.min(Math.max(value * STEEP, 0f), 1f);
    }

    private void backwardMixing(float[] weights, int at, float[] ySlope, float[] gradient) {
        for (int group = 0; group < groups; group++) {
            for (int i = 0; i < channels; i++) {
                int n = at + group * channels + i;
                transposedMiddle[i * groups + group] = input[n] + h[n];
            }
        }
        int mixing = parts.mixing().at();
        products.accumulate(slopes, 0, channels, 1, transposedMiddle, 0, gradient, mixing, groups, channels, groups);
        products.accumulate(weights, mixing, 1, groups, slopes, 0, ySlope, at, groups, groups, channels);
    }
}
