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
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.RowGroups;

/** One block of a {@link LocalNmfPass}. */
final class LocalNmfBlock {

    /** What the blocks of a pass share: each is {@code [rows x stride]}. */
    record Scratch(float[] rates, float[] candidates, float[] kept) {

        Scratch(int length) {
            this(new float[length], new float[length], new float[length]);
        }
    }

    private final int groups;
    private final int stride;
    private final int channels;
    private final int place;
    private final Dense rate;
    private final Dense candidate;
    private final GroupMatrix update;
    private final float[] mixing;
    /** {@code [groups x stride]}. */
    private final float[] mixingBias;
    /** One column's channels, as the matrix that the mixing is multiplied with. */
    private final RowMatrix mixed;

    private final Scratch scratch;

    LocalNmfBlock(LocalNmfParameters network, int index, RowMatrix.Factory matrices, Scratch scratch) {
        this.scratch = scratch;
        groups = network.groups().groups();
        channels = network.channels();
        stride = matrices.stride(channels);
        place = index * groups * channels;
        LocalNmfParameters.Block block = network.blocks().get(index);
        rate = new Dense(network.groups(), matrices, block.rate(), block.rateBias());
        candidate = new Dense(network.groups(), matrices, block.candidate(), block.candidateBias());
        update = new GroupMatrix(network.groups(), block.update(), channels, channels, matrices);
        mixing = block.mixing();
        mixingBias = padded(block.mixingBias(), groups, channels, stride);
        mixed = matrices.of(new float[groups * channels], groups, channels);
    }

    /** {@code [rows x columns]} in rows of the stride, the rest zero. */
    static float[] padded(float[] values, int rows, int columns, int stride) {
        float[] padded = new float[rows * stride];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns, padded, row * stride, columns);
        }
        return padded;
    }

    /** {@code [sections x columns]}, each section's row for all of its groups, in rows of the stride. */
    static float[] ofGroups(RowGroups groups, float[] values, int columns, int stride) {
        float[] padded = new float[groups.groups() * stride];
        for (int group = 0; group < groups.groups(); group++) {
            int section = group / groups.sectionGroups();
            System.arraycopy(values, section * columns, padded, group * stride, columns);
        }
        return padded;
    }

    /**
     * Runs {@code y [fill x groups x stride]} through the block, column by column of a stream in their order; the first
     * column's memory is at {@code first}.
     */
    @HotPath
    void run(float[] y, float[][] memories, int first, int fill) {
        int rows = fill * groups;
        rate.run(y, scratch.rates, fill);
        candidate.run(y, scratch.candidates, fill);
        saturate(scratch.rates, rows * stride);
        for (int column = 0; column < fill; column++) {
            remember(memories[first + column], column * groups * stride);
        }
        add(scratch.kept, y, rows * stride);
        for (int column = 0; column < fill; column++) {
            mix(y, column * groups * stride);
        }
        LocalNmfPass.leak(scratch.rates, scratch.rates, rows * stride);
        update.accumulate(scratch.rates, 0, stride, y, fill);
    }

    /** {@code s(v) = (1 + v / (1 + |v|)) / 2} in place. */
    @HotPath
    private static void saturate(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Math.fma(0.5f, values[i] / (1 + Math.abs(values[i])), 0.5f);
        }
    }

    /**
     * {@code h = h + s^2 (c - h)} of one column, with s the saturated rates. The stream's h comes into an array of the
     * batch's shape for that: where all arrays have the same index, the JIT compiler makes vector instructions.
     */
    @HotPath
    private void remember(float[] memory, int at) {
        copy(memory, place, channels, scratch.kept, at, stride);
        follow(scratch.kept, scratch.rates, scratch.candidates, at, at + groups * stride);
        copy(scratch.kept, at, stride, memory, place, channels);
    }

    /** The channels of all groups, from rows of one stride to rows of another. */
    @HotPath
    private void copy(float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
        if (fromStride == toStride) {
            System.arraycopy(from, fromAt, to, toAt, groups * channels);
            return;
        }
        for (int group = 0; group < groups; group++) {
            System.arraycopy(from, fromAt + group * fromStride, to, toAt + group * toStride, channels);
        }
    }

    @HotPath
    private static void follow(float[] h, float[] rates, float[] candidates, int from, int to) {
        for (int i = from; i < to; i++) {
            h[i] = Math.fma(rates[i] * rates[i], candidates[i] - h[i], h[i]);
        }
    }

    /** {@code y = y + h}. */
    @HotPath
    private static void add(float[] h, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            y[i] += h[i];
        }
    }

    /** {@code M y + m} of one column. */
    @HotPath
    private void mix(float[] y, int at) {
        System.arraycopy(mixingBias, 0, scratch.rates, at, groups * stride);
        mixed.fill(y, at, stride);
        mixed.accumulate(mixing, 0, groups, scratch.rates, at, groups);
    }

    /** A matrix with a bias, from channels to channels. */
    private final class Dense {

        private final GroupMatrix matrix;
        /** For every group of a column: {@code [groups x stride]}. */
        private final float[] biases;

        Dense(RowGroups shape, RowMatrix.Factory matrices, float[] weights, float[] bias) {
            matrix = new GroupMatrix(shape, weights, channels, channels, matrices);
            biases = ofGroups(shape, bias, channels, stride);
        }

        @HotPath
        void run(float[] x, float[] y, int fill) {
            for (int column = 0; column < fill; column++) {
                System.arraycopy(biases, 0, y, column * biases.length, biases.length);
            }
            matrix.accumulate(x, 0, stride, y, fill);
        }
    }
}
