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
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product in register tiles. A tile is a panel of two or three vectors of outputs by a few columns of the
 * batch. For each value of the summed index it loads the weights of the panel once and multiplies them by one value of
 * each column. Each lane is one output and one chain of fused multiply-adds in ascending order of the summed index.
 * There is no sum across lanes, so the bits do not depend on the length of a vector.
 *
 * <p>The lanes contain outputs, not columns of the batch. A batch of eight columns is therefore as efficient as one of
 * 32, and no lane is idle in a batch that is not full.
 *
 * <p>The tiles are unrolled by hand, because the JIT keeps vectors in registers only under these conditions: one
 * species, the preferred one; at most 24 accumulators, all local variables; no helper method with a vector as a
 * parameter or result. Otherwise some JDK boxes every vector. {@link VectorTiles3} contains the tiles of three vectors,
 * and {@link VectorTiles2} those of two. Stateless.
 */
final class VectorTiles {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    /** AVX2 (8 lanes) has 16 vector registers. AVX-512 and Arm have 32. */
    static final boolean MANY_REGISTERS = LANES != 8;

    private static final int MAX_TILE_COLUMNS = MANY_REGISTERS ? 8 : 4;

    private VectorTiles() {}

    /**
     * Returns the number of columns to compute for the given number. Padding to whole tiles is at least as fast,
     * because two or more columns outside a tile cost as much as a tile of four. The caller must provide arrays of
     * {@link #paddedCapacity} columns and discard the results of the padding.
     */
    static int padded(int columns) {
        int rest = columns % MAX_TILE_COLUMNS;
        if (rest <= 1) {
            return columns;
        }
        return columns - rest + (rest <= 4 ? 4 : MAX_TILE_COLUMNS);
    }

    /** Returns the maximum of {@link #padded} for any number of columns up to the given one. */
    static int paddedCapacity(int columns) {
        return (columns + MAX_TILE_COLUMNS - 1) / MAX_TILE_COLUMNS * MAX_TILE_COLUMNS;
    }

    /**
     * Computes {@code y += w x} over a part of the summed index.
     *
     * @param w packed weights, {@code [outputs x inner]}
     * @param from first value of the summed index
     * @param count number of values of the summed index
     * @param x column c starts at {@code xAt + c * xStride} with the value for {@code from}
     * @param y column c, {@code [padded outputs]}, starts at {@code yAt + c * yStride}
     */
    @HotPath
    static void accumulate(
            PackedMatrix w,
            int from,
            int count,
            float[] x,
            int xAt,
            int xStride,
            float[] y,
            int yAt,
            int yStride,
            int columns) {
        int vectors = w.vectors();
        int done = 0;
        while (done < vectors) {
            int height = PackedMatrix.panelVectors(vectors - done);
            int wAt = (done * w.inner() + from * height) * LANES;
            int to = yAt + done * LANES;
            if (height == 3) {
                VectorTiles3.accumulate(w.values(), wAt, count, x, xAt, xStride, y, to, yStride, columns);
            } else {
                VectorTiles2.accumulate(w.values(), wAt, count, x, xAt, xStride, y, to, yStride, columns);
            }
            done += height;
        }
    }
}
