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
 * The tiles of two vectors of outputs by eight, four or one columns of the batch. See {@link VectorTiles} for the
 * reason why they are unrolled by hand. Stateless.
 */
final class VectorTiles2 {
    private static final VectorSpecies<Float> SPECIES = VectorTiles.SPECIES;

    private static final int LANES = VectorTiles.LANES;
    private static final boolean MANY_REGISTERS = VectorTiles.MANY_REGISTERS;

    private VectorTiles2() {}

    /** Computes {@code y += w x} for one panel; see {@link VectorTiles#accumulate}. */
    @HotPath
    static void accumulate(
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
