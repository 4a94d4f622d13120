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
 * A network that is prepared to run: packed weights and scratch buffers. The result of a column depends only on that
 * column and on its stream's memory. It does not depend on the position of the column, on the width, or on the columns
 * of other streams.
 *
 * <p>Thread-confined; allocates nothing in {@code run}.
 */
public interface ForwardPass {

    /** Returns the maximum number of columns of a batch. */
    int width();

    /** Variant of {@link #run(float[], float[][], float[], int)} for networks without memory. */
    @HotPath
    default void run(float[] input, float[] masks, int fill) {
        run(input, ColumnMemories.NONE, masks, fill);
    }

    /**
     * Computes the masks of the first source, the speech. Each value is in [0, 1] for finite non-negative input.
     *
     * @param input {@code [width x inputRows]}, one contiguous column per hop, finite and non-negative; not modified
     * @param memories the memory of each column's stream, {@code [memoryLength]}, all zero before its first hop. The
     *     pass updates it. Columns of the same stream share one array and must be in the order of their hops. Unused by
     *     networks without memory
     * @param masks receives the masks, {@code [width x bins]}; columns from {@code fill} on are undefined afterwards
     * @param fill number of columns with a hop, 0 to {@code width}
     */
    @HotPath
    void run(float[] input, float[][] memories, float[] masks, int fill);
}
