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
 * The forward pass of the vector kernel. The wide pass runs groups of columns that are full or nearly full, and the
 * narrow pass runs the remaining columns.
 */
final class VectorForwardPass implements ForwardPass {

    private static final int GROUP = VectorWideTiles.COLUMNS;

    /** With more columns than this the wide pass is faster, although it always computes a full group. */
    private static final int MAX_NARROW_COLUMNS = GROUP * 3 / 4;

    private final int width;
    private final VectorNarrowPass narrow;
    private final VectorWidePass wide;

    VectorForwardPass(PackedNetwork network, int width) {
        this.width = width;
        narrow = new VectorNarrowPass(network, Math.min(width, MAX_NARROW_COLUMNS));
        wide = new VectorWidePass(network);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    @HotPath
    public void run(float[] input, float[][] memories, float[] masks, int fill) {
        int done = 0;
        while (fill - done > MAX_NARROW_COLUMNS) {
            int count = Math.min(GROUP, fill - done);
            wide.run(input, memories, masks, done, count);
            done += count;
        }
        if (done < fill) {
            narrow.run(input, memories, masks, done, fill - done);
        }
    }
}
