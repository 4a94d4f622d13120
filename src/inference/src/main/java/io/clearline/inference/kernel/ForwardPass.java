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
 * One network made ready for one thread: packed weights and scratch. Allocates nothing when run. A column's result
 * depends on that column and its stream's memory alone, never on its place, on the width, or on other streams' columns.
 */
public interface ForwardPass {

    /** Columns of a full batch. */
    int width();

    /** As {@link #run(float[], float[][], float[], int)}, for networks without memory. */
    @HotPath
    default void run(float[] input, float[] masks, int fill) {
        run(input, ColumnMemories.NONE, masks, fill);
    }

    /**
     * From input columns to the mask of the first source, each value in [0, 1] for finite non-negative input.
     *
     * @param input {@code [width x inputRows]}: a hop's column is contiguous; finite and non-negative; not changed
     * @param memories for each column its stream's memory, {@code memoryLength} values, zeros before the stream's first
     *     hop; brought up to this hop. Columns of one stream have the same array and stand in the order of their hops.
     *     Unused by a network without
     * @param masks {@code [width x bins]}; what lies beyond the fill is undefined afterwards
     * @param fill number of columns that hold a hop, 0 to width
     */
    @HotPath
    void run(float[] input, float[][] memories, float[] masks, int fill);
}
