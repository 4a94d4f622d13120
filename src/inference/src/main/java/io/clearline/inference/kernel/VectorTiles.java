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
 * The matrix product in registers. A tile is a panel of two or three vectors of outputs by a few columns of the batch:
 * for each value of the summed index it loads the panel's weights once, and multiplies them by one number of each
 * column. A lane is an output, so no lane ever sums across others, and each lane is one chain of fused multiply-adds
 * over the summed index upwards.
 *
 * <p>Outputs lie in the lanes, not the columns of the batch: then a batch of eight is as fast as one of 32, and no lane
 * idles whatever the fill.
 *
 * <p>Written out by hand because that is what the JIT compiler needs: one species only, its preferred one; accumulators
 * as local variables, at most 24; no helper that takes a vector. Anything else makes it box every vector on some JDK.
 * The tiles of three vectors are in {@link VectorTiles3}, those of two in {@link VectorTiles2}.
 */
final class VectorTiles {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    /** AVX2 (8 lanes) has 16 vector registers; AVX-512 and Arm have 32. */
    static final boolean MANY_REGISTERS = LANES != 8;

    /** Columns of the widest tile. */
    private static final int WIDEST = MANY_REGISTERS ? 8 : 4;

    private VectorTiles() {}

    /**
     * So many columns are as fast as the given number, or faster: two columns that no tile fits cost as much as four.
     * Whoever asks for them has room for them, and lets nothing out of them.
     */
    static int padded(int columns) {
        int rest = columns % WIDEST;
        if (rest <= 1) {
            return columns;
        }
        return columns - rest + (rest <= 4 ? 4 : WIDEST);
    }

    /** Room for {@link #padded} columns of any number up to the given one. */
    static int room(int columns) {
        return (columns + WIDEST - 1) / WIDEST * WIDEST;
    }

    /**
     * {@code y += w x} over a part of the summed index.
     *
     * @param w packed weights, {@code [outputs x inner]}
     * @param from first value of the summed index
     * @param count values of the summed index
     * @param x {@code [columns]}, each column's values from xAt + column * xStride, the first one for {@code from}
     * @param y {@code [columns x padded outputs]}, each column from yAt + column * yStride
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
