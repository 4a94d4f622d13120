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
                panel3(w.values(), wAt, count, x, xAt, xStride, y, to, yStride, columns);
            } else {
                panel2(w.values(), wAt, count, x, xAt, xStride, y, to, yStride, columns);
            }
            done += height;
        }
    }

    @HotPath
    private static void panel3(
            float[] w,
            int wAt,
            int count,
            float[] x,
            int xAt,
            int xStride,
            float[] y,
            int yAt,
            int yStride,
            int columns) {
        int column = 0;
        for (; MANY_REGISTERS && column + 8 <= columns; column += 8) {
            tile3x8(w, wAt, count, x, xAt + column * xStride, xStride, y, yAt + column * yStride, yStride);
        }
        for (; column + 4 <= columns; column += 4) {
            tile3x4(w, wAt, count, x, xAt + column * xStride, xStride, y, yAt + column * yStride, yStride);
        }
        for (; column < columns; column++) {
            tile3x1(w, wAt, count, x, xAt + column * xStride, y, yAt + column * yStride);
        }
    }

    @HotPath
    private static void panel2(
            float[] w,
            int wAt,
            int count,
            float[] x,
            int xAt,
            int xStride,
            float[] y,
            int yAt,
            int yStride,
            int columns) {
        int column = 0;
        for (; MANY_REGISTERS && column + 8 <= columns; column += 8) {
            tile2x8(w, wAt, count, x, xAt + column * xStride, xStride, y, yAt + column * yStride, yStride);
        }
        for (; column + 4 <= columns; column += 4) {
            tile2x4(w, wAt, count, x, xAt + column * xStride, xStride, y, yAt + column * yStride, yStride);
        }
        for (; column < columns; column++) {
            tile2x1(w, wAt, count, x, xAt + column * xStride, y, yAt + column * yStride);
        }
    }

    @HotPath
    private static void tile3x8(
            float[] w, int wAt, int count, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride) {
        int x0 = xAt;
        int y0 = yAt;
        FloatVector a0 = FloatVector.fromArray(SPECIES, y, y0);
        FloatVector b0 = FloatVector.fromArray(SPECIES, y, y0 + LANES);
        FloatVector c0 = FloatVector.fromArray(SPECIES, y, y0 + 2 * LANES);
        int x1 = xAt + xStride;
        int y1 = yAt + yStride;
        FloatVector a1 = FloatVector.fromArray(SPECIES, y, y1);
        FloatVector b1 = FloatVector.fromArray(SPECIES, y, y1 + LANES);
        FloatVector c1 = FloatVector.fromArray(SPECIES, y, y1 + 2 * LANES);
        int x2 = xAt + 2 * xStride;
        int y2 = yAt + 2 * yStride;
        FloatVector a2 = FloatVector.fromArray(SPECIES, y, y2);
        FloatVector b2 = FloatVector.fromArray(SPECIES, y, y2 + LANES);
        FloatVector c2 = FloatVector.fromArray(SPECIES, y, y2 + 2 * LANES);
        int x3 = xAt + 3 * xStride;
        int y3 = yAt + 3 * yStride;
        FloatVector a3 = FloatVector.fromArray(SPECIES, y, y3);
        FloatVector b3 = FloatVector.fromArray(SPECIES, y, y3 + LANES);
        FloatVector c3 = FloatVector.fromArray(SPECIES, y, y3 + 2 * LANES);
        int x4 = xAt + 4 * xStride;
        int y4 = yAt + 4 * yStride;
        FloatVector a4 = FloatVector.fromArray(SPECIES, y, y4);
        FloatVector b4 = FloatVector.fromArray(SPECIES, y, y4 + LANES);
        FloatVector c4 = FloatVector.fromArray(SPECIES, y, y4 + 2 * LANES);
        int x5 = xAt + 5 * xStride;
        int y5 = yAt + 5 * yStride;
        FloatVector a5 = FloatVector.fromArray(SPECIES, y, y5);
        FloatVector b5 = FloatVector.fromArray(SPECIES, y, y5 + LANES);
        FloatVector c5 = FloatVector.fromArray(SPECIES, y, y5 + 2 * LANES);
        int x6 = xAt + 6 * xStride;
        int y6 = yAt + 6 * yStride;
        FloatVector a6 = FloatVector.fromArray(SPECIES, y, y6);
        FloatVector b6 = FloatVector.fromArray(SPECIES, y, y6 + LANES);
        FloatVector c6 = FloatVector.fromArray(SPECIES, y, y6 + 2 * LANES);
        int x7 = xAt + 7 * xStride;
        int y7 = yAt + 7 * yStride;
        FloatVector a7 = FloatVector.fromArray(SPECIES, y, y7);
        FloatVector b7 = FloatVector.fromArray(SPECIES, y, y7 + LANES);
        FloatVector c7 = FloatVector.fromArray(SPECIES, y, y7 + 2 * LANES);
        for (int k = 0; k < count; k++) {
            int row = wAt + k * 3 * LANES;
            FloatVector a = FloatVector.fromArray(SPECIES, w, row);
            FloatVector b = FloatVector.fromArray(SPECIES, w, row + LANES);
            FloatVector c = FloatVector.fromArray(SPECIES, w, row + 2 * LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + k]);
            a0 = a.fma(v, a0);
            b0 = b.fma(v, b0);
            c0 = c.fma(v, c0);
            v = FloatVector.broadcast(SPECIES, x[x1 + k]);
            a1 = a.fma(v, a1);
            b1 = b.fma(v, b1);
            c1 = c.fma(v, c1);
            v = FloatVector.broadcast(SPECIES, x[x2 + k]);
            a2 = a.fma(v, a2);
            b2 = b.fma(v, b2);
            c2 = c.fma(v, c2);
            v = FloatVector.broadcast(SPECIES, x[x3 + k]);
            a3 = a.fma(v, a3);
            b3 = b.fma(v, b3);
            c3 = c.fma(v, c3);
            v = FloatVector.broadcast(SPECIES, x[x4 + k]);
            a4 = a.fma(v, a4);
            b4 = b.fma(v, b4);
            c4 = c.fma(v, c4);
            v = FloatVector.broadcast(SPECIES, x[x5 + k]);
            a5 = a.fma(v, a5);
            b5 = b.fma(v, b5);
            c5 = c.fma(v, c5);
            v = FloatVector.broadcast(SPECIES, x[x6 + k]);
            a6 = a.fma(v, a6);
            b6 = b.fma(v, b6);
            c6 = c.fma(v, c6);
            v = FloatVector.broadcast(SPECIES, x[x7 + k]);
            a7 = a.fma(v, a7);
            b7 = b.fma(v, b7);
            c7 = c.fma(v, c7);
        }
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + LANES);
        c0.intoArray(y, y0 + 2 * LANES);
        a1.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        c1.intoArray(y, y1 + 2 * LANES);
        a2.intoArray(y, y2);
        b2.intoArray(y, y2 + LANES);
        c2.intoArray(y, y2 + 2 * LANES);
        a3.intoArray(y, y3);
        b3.intoArray(y, y3 + LANES);
        c3.intoArray(y, y3 + 2 * LANES);
        a4.intoArray(y, y4);
        b4.intoArray(y, y4 + LANES);
        c4.intoArray(y, y4 + 2 * LANES);
        a5.intoArray(y, y5);
        b5.intoArray(y, y5 + LANES);
        c5.intoArray(y, y5 + 2 * LANES);
        a6.intoArray(y, y6);
        b6.intoArray(y, y6 + LANES);
        c6.intoArray(y, y6 + 2 * LANES);
        a7.intoArray(y, y7);
        b7.intoArray(y, y7 + LANES);
        c7.intoArray(y, y7 + 2 * LANES);
    }

    @HotPath
    private static void tile3x4(
            float[] w, int wAt, int count, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride) {
        int x0 = xAt;
        int y0 = yAt;
        FloatVector a0 = FloatVector.fromArray(SPECIES, y, y0);
        FloatVector b0 = FloatVector.fromArray(SPECIES, y, y0 + LANES);
        FloatVector c0 = FloatVector.fromArray(SPECIES, y, y0 + 2 * LANES);
        int x1 = xAt + xStride;
        int y1 = yAt + yStride;
        FloatVector a1 = FloatVector.fromArray(SPECIES, y, y1);
        FloatVector b1 = FloatVector.fromArray(SPECIES, y, y1 + LANES);
        FloatVector c1 = FloatVector.fromArray(SPECIES, y, y1 + 2 * LANES);
        int x2 = xAt + 2 * xStride;
        int y2 = yAt + 2 * yStride;
        FloatVector a2 = FloatVector.fromArray(SPECIES, y, y2);
        FloatVector b2 = FloatVector.fromArray(SPECIES, y, y2 + LANES);
        FloatVector c2 = FloatVector.fromArray(SPECIES, y, y2 + 2 * LANES);
        int x3 = xAt + 3 * xStride;
        int y3 = yAt + 3 * yStride;
        FloatVector a3 = FloatVector.fromArray(SPECIES, y, y3);
        FloatVector b3 = FloatVector.fromArray(SPECIES, y, y3 + LANES);
        FloatVector c3 = FloatVector.fromArray(SPECIES, y, y3 + 2 * LANES);
        for (int k = 0; k < count; k++) {
            int row = wAt + k * 3 * LANES;
            FloatVector a = FloatVector.fromArray(SPECIES, w, row);
            FloatVector b = FloatVector.fromArray(SPECIES, w, row + LANES);
            FloatVector c = FloatVector.fromArray(SPECIES, w, row + 2 * LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + k]);
            a0 = a.fma(v, a0);
            b0 = b.fma(v, b0);
            c0 = c.fma(v, c0);
            v = FloatVector.broadcast(SPECIES, x[x1 + k]);
            a1 = a.fma(v, a1);
            b1 = b.fma(v, b1);
            c1 = c.fma(v, c1);
            v = FloatVector.broadcast(SPECIES, x[x2 + k]);
            a2 = a.fma(v, a2);
            b2 = b.fma(v, b2);
            c2 = c.fma(v, c2);
            v = FloatVector.broadcast(SPECIES, x[x3 + k]);
            a3 = a.fma(v, a3);
            b3 = b.fma(v, b3);
            c3 = c.fma(v, c3);
        }
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + LANES);
        c0.intoArray(y, y0 + 2 * LANES);
        a1.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        c1.intoArray(y, y1 + 2 * LANES);
        a2.intoArray(y, y2);
        b2.intoArray(y, y2 + LANES);
        c2.intoArray(y, y2 + 2 * LANES);
        a3.intoArray(y, y3);
        b3.intoArray(y, y3 + LANES);
        c3.intoArray(y, y3 + 2 * LANES);
    }

    @HotPath
    private static void tile3x1(float[] w, int wAt, int count, float[] x, int xAt, float[] y, int yAt) {
        int x0 = xAt;
        int y0 = yAt;
        FloatVector a0 = FloatVector.fromArray(SPECIES, y, y0);
        FloatVector b0 = FloatVector.fromArray(SPECIES, y, y0 + LANES);
        FloatVector c0 = FloatVector.fromArray(SPECIES, y, y0 + 2 * LANES);
        for (int k = 0; k < count; k++) {
            int row = wAt + k * 3 * LANES;
            FloatVector a = FloatVector.fromArray(SPECIES, w, row);
            FloatVector b = FloatVector.fromArray(SPECIES, w, row + LANES);
            FloatVector c = FloatVector.fromArray(SPECIES, w, row + 2 * LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + k]);
            a0 = a.fma(v, a0);
            b0 = b.fma(v, b0);
            c0 = c.fma(v, c0);
        }
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + LANES);
        c0.intoArray(y, y0 + 2 * LANES);
    }

    @HotPath
    private static void tile2x8(
            float[] w, int wAt, int count, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride) {
        int x0 = xAt;
        int y0 = yAt;
        FloatVector a0 = FloatVector.fromArray(SPECIES, y, y0);
        FloatVector b0 = FloatVector.fromArray(SPECIES, y, y0 + LANES);
        int x1 = xAt + xStride;
        int y1 = yAt + yStride;
        FloatVector a1 = FloatVector.fromArray(SPECIES, y, y1);
        FloatVector b1 = FloatVector.fromArray(SPECIES, y, y1 + LANES);
        int x2 = xAt + 2 * xStride;
        int y2 = yAt + 2 * yStride;
        FloatVector a2 = FloatVector.fromArray(SPECIES, y, y2);
        FloatVector b2 = FloatVector.fromArray(SPECIES, y, y2 + LANES);
        int x3 = xAt + 3 * xStride;
        int y3 = yAt + 3 * yStride;
        FloatVector a3 = FloatVector.fromArray(SPECIES, y, y3);
        FloatVector b3 = FloatVector.fromArray(SPECIES, y, y3 + LANES);
        int x4 = xAt + 4 * xStride;
        int y4 = yAt + 4 * yStride;
        FloatVector a4 = FloatVector.fromArray(SPECIES, y, y4);
        FloatVector b4 = FloatVector.fromArray(SPECIES, y, y4 + LANES);
        int x5 = xAt + 5 * xStride;
        int y5 = yAt + 5 * yStride;
        FloatVector a5 = FloatVector.fromArray(SPECIES, y, y5);
        FloatVector b5 = FloatVector.fromArray(SPECIES, y, y5 + LANES);
        int x6 = xAt + 6 * xStride;
        int y6 = yAt + 6 * yStride;
        FloatVector a6 = FloatVector.fromArray(SPECIES, y, y6);
        FloatVector b6 = FloatVector.fromArray(SPECIES, y, y6 + LANES);
        int x7 = xAt + 7 * xStride;
        int y7 = yAt + 7 * yStride;
        FloatVector a7 = FloatVector.fromArray(SPECIES, y, y7);
        FloatVector b7 = FloatVector.fromArray(SPECIES, y, y7 + LANES);
        for (int k = 0; k < count; k++) {
            int row = wAt + k * 2 * LANES;
            FloatVector a = FloatVector.fromArray(SPECIES, w, row);
            FloatVector b = FloatVector.fromArray(SPECIES, w, row + LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + k]);
            a0 = a.fma(v, a0);
            b0 = b.fma(v, b0);
            v = FloatVector.broadcast(SPECIES, x[x1 + k]);
            a1 = a.fma(v, a1);
            b1 = b.fma(v, b1);
            v = FloatVector.broadcast(SPECIES, x[x2 + k]);
            a2 = a.fma(v, a2);
            b2 = b.fma(v, b2);
            v = FloatVector.broadcast(SPECIES, x[x3 + k]);
            a3 = a.fma(v, a3);
            b3 = b.fma(v, b3);
            v = FloatVector.broadcast(SPECIES, x[x4 + k]);
            a4 = a.fma(v, a4);
            b4 = b.fma(v, b4);
            v = FloatVector.broadcast(SPECIES, x[x5 + k]);
            a5 = a.fma(v, a5);
            b5 = b.fma(v, b5);
            v = FloatVector.broadcast(SPECIES, x[x6 + k]);
            a6 = a.fma(v, a6);
            b6 = b.fma(v, b6);
            v = FloatVector.broadcast(SPECIES, x[x7 + k]);
            a7 = a.fma(v, a7);
            b7 = b.fma(v, b7);
        }
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + LANES);
        a1.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        a2.intoArray(y, y2);
        b2.intoArray(y, y2 + LANES);
        a3.intoArray(y, y3);
        b3.intoArray(y, y3 + LANES);
        a4.intoArray(y, y4);
        b4.intoArray(y, y4 + LANES);
        a5.intoArray(y, y5);
        b5.intoArray(y, y5 + LANES);
        a6.intoArray(y, y6);
        b6.intoArray(y, y6 + LANES);
        a7.intoArray(y, y7);
        b7.intoArray(y, y7 + LANES);
    }

    @HotPath
    private static void tile2x4(
            float[] w, int wAt, int count, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride) {
        int x0 = xAt;
        int y0 = yAt;
        FloatVector a0 = FloatVector.fromArray(SPECIES, y, y0);
        FloatVector b0 = FloatVector.fromArray(SPECIES, y, y0 + LANES);
        int x1 = xAt + xStride;
        int y1 = yAt + yStride;
        FloatVector a1 = FloatVector.fromArray(SPECIES, y, y1);
        FloatVector b1 = FloatVector.fromArray(SPECIES, y, y1 + LANES);
        int x2 = xAt + 2 * xStride;
        int y2 = yAt + 2 * yStride;
        FloatVector a2 = FloatVector.fromArray(SPECIES, y, y2);
        FloatVector b2 = FloatVector.fromArray(SPECIES, y, y2 + LANES);
        int x3 = xAt + 3 * xStride;
        int y3 = yAt + 3 * yStride;
        FloatVector a3 = FloatVector.fromArray(SPECIES, y, y3);
        FloatVector b3 = FloatVector.fromArray(SPECIES, y, y3 + LANES);
        for (int k = 0; k < count; k++) {
            int row = wAt + k * 2 * LANES;
            FloatVector a = FloatVector.fromArray(SPECIES, w, row);
            FloatVector b = FloatVector.fromArray(SPECIES, w, row + LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + k]);
            a0 = a.fma(v, a0);
            b0 = b.fma(v, b0);
            v = FloatVector.broadcast(SPECIES, x[x1 + k]);
            a1 = a.fma(v, a1);
            b1 = b.fma(v, b1);
            v = FloatVector.broadcast(SPECIES, x[x2 + k]);
            a2 = a.fma(v, a2);
            b2 = b.fma(v, b2);
            v = FloatVector.broadcast(SPECIES, x[x3 + k]);
            a3 = a.fma(v, a3);
            b3 = b.fma(v, b3);
        }
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + LANES);
        a1.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        a2.intoArray(y, y2);
        b2.intoArray(y, y2 + LANES);
        a3.intoArray(y, y3);
        b3.intoArray(y, y3 + LANES);
    }

    @HotPath
    private static void tile2x1(float[] w, int wAt, int count, float[] x, int xAt, float[] y, int yAt) {
        int x0 = xAt;
        int y0 = yAt;
        FloatVector a0 = FloatVector.fromArray(SPECIES, y, y0);
        FloatVector b0 = FloatVector.fromArray(SPECIES, y, y0 + LANES);
        for (int k = 0; k < count; k++) {
            int row = wAt + k * 2 * LANES;
            FloatVector a = FloatVector.fromArray(SPECIES, w, row);
            FloatVector b = FloatVector.fromArray(SPECIES, w, row + LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + k]);
            a0 = a.fma(v, a0);
            b0 = b.fma(v, b0);
        }
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + LANES);
    }
}
