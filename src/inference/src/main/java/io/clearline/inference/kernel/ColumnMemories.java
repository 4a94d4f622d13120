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
 * Updates the memories of the streams whose hops are the columns of a pass. A memory contains running means of
 * activations. They are updated in the order of the columns, so a batch may contain consecutive hops of one stream,
 * while the matrix products still run over all columns at once. All kernels share this code. Thread-confined.
 *
 * <p>A memory consists of the number of hops of its stream, followed by the means of each layer that has a memory.
 */
final class ColumnMemories {
    /** The memories of networks without memory. */
    static final float[][] NONE = {};

    /** The count of hops stops here: floats still count exactly, and larger counts do not change a mean. */
    private static final float MAX_HOPS = 1 << 20;

    /** Atoms that are updated for all columns before the next ones, so that their cache lines are reused. */
    private static final int BLOCK_ATOMS = 16;

    private final float[] startRates;
    private float[][] memories = NONE;
    private int first;
    private int fill;

    ColumnMemories(int width) {
        startRates = new float[width];
    }

    /**
     * Starts a pass and counts one hop for each column.
     *
     * @param memories the memory of each column of the batch
     * @param first the column of the batch that is column 0 of this pass
     * @param fill number of columns with a hop. A kernel may compute more columns as padding; they have no memory
     */
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
     * Updates a layer's means with the activations of one column.
     *
     * @param memoryOffset index of the layer's means in a memory
     * @param rates {@code [atoms]}
     * @param activations {@code [atoms]} from {@code at}
     * @param means receives the updated means, {@code [atoms]} from {@code at}
     */
    @HotPath
    void updateColumn(
            int column, int memoryOffset, float[] rates, float[] activations, float[] means, int at, int atoms) {
        if (column >= fill) {
            return;
        }
        float[] memory = memories[first + column];
        float startRate = startRates[column];
        for (int i = 0; i < atoms; i++) {
            float rate = rates[i] > startRate ? rates[i] : startRate;
            float mean = memory[memoryOffset + i];
            mean = Math.fma(rate, activations[at + i] - mean, mean);
            memory[memoryOffset + i] = mean;
            means[at + i] = mean;
        }
    }

    /** Variant of {@link #updateColumn} for all columns: activations and means are {@code [atoms x group]}. */
    @HotPath
    void updateGroup(int memoryOffset, float[] rates, float[] activations, float[] means, int atoms, int group) {
        for (int start = 0; start < atoms; start += BLOCK_ATOMS) {
            int end = Math.min(atoms, start + BLOCK_ATOMS);
            for (int column = 0; column < fill; column++) {
                float[] memory = memories[first + column];
                float startRate = startRates[column];
                for (int i = start; i < end; i++) {
                    float rate = rates[i] > startRate ? rates[i] : startRate;
                    float mean = memory[memoryOffset + i];
                    mean = Math.fma(rate, activations[i * group + column] - mean, mean);
                    memory[memoryOffset + i] = mean;
                    means[i * group + column] = mean;
                }
            }
        }
    }
}
