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

/**
 * What the streams of a pass's columns remember: running means of activations, brought up to date in the order of the
 * columns, so that hops of one stream may follow each other in a batch while all products stay batched. Every kernel
 * runs this same code. Thread-confined.
 *
 * <p>A stream's memory holds the number of its hops, then the means of each remembering layer.
 */
final class ColumnMemories {
    /** For networks that remember nothing. */
    static final float[][] NONE = {};

    /** Where counting ends: a mean no longer depends on the number, and floats still count exactly. */
    private static final float MAX_HOPS = 1 << 20;

    /** Atoms of one round: their lines stay near the core while the columns go by. */
    private static final int BLOCK_ATOMS = 16;

    private final float[] startRates;
    private float[][] memories = NONE;
    private int first;
    private int fill;

    ColumnMemories(int width) {
        startRates = new float[width];
    }

    /** Begins a pass over some columns; what a kernel computes beside them remembers nothing. */
    @HotPath
    void begin(float[][] memories, int first, int fill) {
        this.memories = memories;
        this.first = first;
        this.fill = fill;
        for (int column = 0; column < fill; column++) {
            float[] memory = memories[first + column];
            float hops = Math.min(memory[0] + 1, MAX_HOPS);
            memory[0] = hops;
            startRates[column] = 1 / hops;
        }
    }

    /**
     * Takes in the activations of one of the columns.
     *
     * @param place of the layer's means in a memory
     * @param rates {@code [atoms]}
     * @param activations {@code [atoms]} from at
     * @param means {@code [atoms]} from at: the means that hold this hop too
     */
    @HotPath
    void rememberColumn(int column, int place, float[] rates, float[] activations, float[] means, int at, int atoms) {
        if (column >= fill) {
            return;
        }
        float[] memory = memories[first + column];
        float startRate = startRates[column];
        for (int i = 0; i < atoms; i++) {
            float rate = rates[i] > startRate ? rates[i] : startRate;
            float mean = memory[place + i];
            mean = Math.fma(rate, activations[at + i] - mean, mean);
            memory[place + i] = mean;
            means[at + i] = mean;
        }
    }

    /** As {@link #rememberColumn}, for all the columns: activations and means are {@code [atoms x group]}. */
    @HotPath
    void rememberGroup(int place, float[] rates, float[] activations, float[] means, int atoms, int group) {
        for (int start = 0; start < atoms; start += BLOCK_ATOMS) {
            int end = Math.min(atoms, start + BLOCK_ATOMS);
            for (int column = 0; column < fill; column++) {
                float[] memory = memories[first + column];
                float startRate = startRates[column];
                for (int i = start; i < end; i++) {
                    float rate = rates[i] > startRate ? rates[i] : startRate;
                    float mean = memory[place + i];
                    mean = Math.fma(rate, activations[i * group + column] - mean, mean);
                    memory[place + i] = mean;
                    means[i * group + column] = mean;
                }
            }
        }
    }
}
