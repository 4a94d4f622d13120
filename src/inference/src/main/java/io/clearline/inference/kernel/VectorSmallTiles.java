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

import static io.clearline.inference.kernel.VectorTiles.LANES;
import static io.clearline.inference.kernel.VectorTiles.MANY_REGISTERS;
import static io.clearline.inference.kernel.VectorTiles.SPECIES;

import io.clearline.dsp.HotPath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The register tiles of {@link MatrixProducts#accumulate}: two vectors of columns by eight or four rows. The remaining
 * columns use tiles of one vector, or a masked part of one, by eight rows or one. See {@link VectorTiles} for the
 * reason why the tiles are unrolled by hand. Stateless.
 */
final class VectorSmallTiles {

    private VectorSmallTiles() {}

    /** Computes {@code c += a b}; see {@link MatrixProducts#accumulate}. */
    @HotPath
    static void accumulate(
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            int rows,
            int inner,
            int columns) {
        int column = 0;
        for (; column + 2 * LANES <= columns; column += 2 * LANES) {
            pairs(a, aAt, aRow, aInner, b, bAt + column, c, cAt + column, rows, inner, columns);
        }
        for (; column < columns; column += LANES) {
            int width = Math.min(LANES, columns - column);
            parts(a, aAt, aRow, aInner, b, bAt + column, c, cAt + column, rows, inner, columns, width);
        }
    }

    /** Computes two vectors of columns. */
    @HotPath
    private static void pairs(
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            int rows,
            int inner,
            int columns) {
        int row = 0;
        for (; MANY_REGISTERS && row + 8 <= rows; row += 8) {
            tile8x2(a, aAt + row * aRow, aRow, aInner, b, bAt, c, cAt + row * columns, inner, columns);
        }
        for (; row + 4 <= rows; row += 4) {
            tile4x2(a, aAt + row * aRow, aRow, aInner, b, bAt, c, cAt + row * columns, inner, columns);
        }
        for (; row < rows; row++) {
            int from = aAt + row * aRow;
            int to = cAt + row * columns;
            part1(a, from, aInner, b, bAt, c, to, inner, columns, LANES);
            part1(a, from, aInner, b, bAt + LANES, c, to + LANES, inner, columns, LANES);
        }
    }

    /** Computes at most one vector of columns. */
    @HotPath
    private static void parts(
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            int rows,
            int inner,
            int columns,
            int width) {
        int row = 0;
        for (; row + 8 <= rows; row += 8) {
            part8(a, aAt + row * aRow, aRow, aInner, b, bAt, c, cAt + row * columns, inner, columns, width);
        }
        for (; row < rows; row++) {
            part1(a, aAt + row * aRow, aInner, b, bAt, c, cAt + row * columns, inner, columns, width);
        }
    }

    @HotPath
    private static void part8(
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            int inner,
            int columns,
            int width) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, width);
        int a0 = aAt;
        int c0 = cAt;
        FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0, mask);
        int a1 = aAt + aRow;
        int c1 = cAt + columns;
        FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1, mask);
        int a2 = aAt + 2 * aRow;
        int c2 = cAt + 2 * columns;
        FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2, mask);
        int a3 = aAt + 3 * aRow;
        int c3 = cAt + 3 * columns;
        FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3, mask);
        int a4 = aAt + 4 * aRow;
        int c4 = cAt + 4 * columns;
        FloatVector s4 = FloatVector.fromArray(SPECIES, c, c4, mask);
        int a5 = aAt + 5 * aRow;
        int c5 = cAt + 5 * columns;
        FloatVector s5 = FloatVector.fromArray(SPECIES, c, c5, mask);
        int a6 = aAt + 6 * aRow;
        int c6 = cAt + 6 * columns;
        FloatVector s6 = FloatVector.fromArray(SPECIES, c, c6, mask);
        int a7 = aAt + 7 * aRow;
        int c7 = cAt + 7 * columns;
        FloatVector s7 = FloatVector.fromArray(SPECIES, c, c7, mask);
        for (int k = 0; k < inner; k++) {
            int step = k * aInner;
            FloatVector x = FloatVector.fromArray(SPECIES, b, bAt + k * columns, mask);
            s0 = x.fma(FloatVector.broadcast(SPECIES, a[a0 + step]), s0);
            s1 = x.fma(FloatVector.broadcast(SPECIES, a[a1 + step]), s1);
            s2 = x.fma(FloatVector.broadcast(SPECIES, a[a2 + step]), s2);
            s3 = x.fma(FloatVector.broadcast(SPECIES, a[a3 + step]), s3);
            s4 = x.fma(FloatVector.broadcast(SPECIES, a[a4 + step]), s4);
            s5 = x.fma(FloatVector.broadcast(SPECIES, a[a5 + step]), s5);
            s6 = x.fma(FloatVector.broadcast(SPECIES, a[a6 + step]), s6);
            s7 = x.fma(FloatVector.broadcast(SPECIES, a[a7 + step]), s7);
        }
        s0.intoArray(c, c0, mask);
        s1.intoArray(c, c1, mask);
        s2.intoArray(c, c2, mask);
        s3.intoArray(c, c3, mask);
        s4.intoArray(c, c4, mask);
        s5.intoArray(c, c5, mask);
        s6.intoArray(c, c6, mask);
        s7.intoArray(c, c7, mask);
    }

    @HotPath
    private static void part1(
            float[] a, int aAt, int aInner, float[] b, int bAt, float[] c, int cAt, int inner, int columns, int width) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, width);
        int a0 = aAt;
        int c0 = cAt;
        FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0, mask);
        for (int k = 0; k < inner; k++) {
            int step = k * aInner;
            FloatVector x = FloatVector.fromArray(SPECIES, b, bAt + k * columns, mask);
            s0 = x.fma(FloatVector.broadcast(SPECIES, a[a0 + step]), s0);
        }
        s0.intoArray(c, c0, mask);
    }

    @HotPath
    private static void tile8x2(
            float[] a, int aAt, int aRow, int aInner, float[] b, int bAt, float[] c, int cAt, int inner, int columns) {
        int a0 = aAt;
        int c0 = cAt;
        FloatVector s0x = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector s0y = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        int a1 = aAt + aRow;
        int c1 = cAt + columns;
        FloatVector s1x = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector s1y = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        int a2 = aAt + 2 * aRow;
        int c2 = cAt + 2 * columns;
        FloatVector s2x = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector s2y = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        int a3 = aAt + 3 * aRow;
        int c3 = cAt + 3 * columns;
        FloatVector s3x = FloatVector.fromArray(SPECIES, c, c3);
        FloatVector s3y = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        int a4 = aAt + 4 * aRow;
        int c4 = cAt + 4 * columns;
        FloatVector s4x = FloatVector.fromArray(SPECIES, c, c4);
        FloatVector s4y = FloatVector.fromArray(SPECIES, c, c4 + LANES);
        int a5 = aAt + 5 * aRow;
        int c5 = cAt + 5 * columns;
        FloatVector s5x = FloatVector.fromArray(SPECIES, c, c5);
        FloatVector s5y = FloatVector.fromArray(SPECIES, c, c5 + LANES);
        int a6 = aAt + 6 * aRow;
        int c6 = cAt + 6 * columns;
        FloatVector s6x = FloatVector.fromArray(SPECIES, c, c6);
        FloatVector s6y = FloatVector.fromArray(SPECIES, c, c6 + LANES);
        int a7 = aAt + 7 * aRow;
        int c7 = cAt + 7 * columns;
        FloatVector s7x = FloatVector.fromArray(SPECIES, c, c7);
        FloatVector s7y = FloatVector.fromArray(SPECIES, c, c7 + LANES);
        for (int k = 0; k < inner; k++) {
            int row = bAt + k * columns;
            int step = k * aInner;
            FloatVector x = FloatVector.fromArray(SPECIES, b, row);
            FloatVector y = FloatVector.fromArray(SPECIES, b, row + LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, a[a0 + step]);
            s0x = x.fma(v, s0x);
            s0y = y.fma(v, s0y);
            v = FloatVector.broadcast(SPECIES, a[a1 + step]);
            s1x = x.fma(v, s1x);
            s1y = y.fma(v, s1y);
            v = FloatVector.broadcast(SPECIES, a[a2 + step]);
            s2x = x.fma(v, s2x);
            s2y = y.fma(v, s2y);
            v = FloatVector.broadcast(SPECIES, a[a3 + step]);
            s3x = x.fma(v, s3x);
            s3y = y.fma(v, s3y);
            v = FloatVector.broadcast(SPECIES, a[a4 + step]);
            s4x = x.fma(v, s4x);
            s4y = y.fma(v, s4y);
            v = FloatVector.broadcast(SPECIES, a[a5 + step]);
            s5x = x.fma(v, s5x);
            s5y = y.fma(v, s5y);
            v = FloatVector.broadcast(SPECIES, a[a6 + step]);
            s6x = x.fma(v, s6x);
            s6y = y.fma(v, s6y);
            v = FloatVector.broadcast(SPECIES, a[a7 + step]);
            s7x = x.fma(v, s7x);
            s7y = y.fma(v, s7y);
        }
        s0x.intoArray(c, c0);
        s0y.intoArray(c, c0 + LANES);
        s1x.intoArray(c, c1);
        s1y.intoArray(c, c1 + LANES);
        s2x.intoArray(c, c2);
        s2y.intoArray(c, c2 + LANES);
        s3x.intoArray(c, c3);
        s3y.intoArray(c, c3 + LANES);
        s4x.intoArray(c, c4);
        s4y.intoArray(c, c4 + LANES);
        s5x.intoArray(c, c5);
        s5y.intoArray(c, c5 + LANES);
        s6x.intoArray(c, c6);
        s6y.intoArray(c, c6 + LANES);
        s7x.intoArray(c, c7);
        s7y.intoArray(c, c7 + LANES);
    }

    @HotPath
    private static void tile4x2(
            float[] a, int aAt, int aRow, int aInner, float[] b, int bAt, float[] c, int cAt, int inner, int columns) {
        int a0 = aAt;
        int c0 = cAt;
        FloatVector s0x = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector s0y = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        int a1 = aAt + aRow;
        int c1 = cAt + columns;
        FloatVector s1x = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector s1y = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        int a2 = aAt + 2 * aRow;
        int c2 = cAt + 2 * columns;
        FloatVector s2x = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector s2y = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        int a3 = aAt + 3 * aRow;
        int c3 = cAt + 3 * columns;
        FloatVector s3x = FloatVector.fromArray(SPECIES, c, c3);
        FloatVector s3y = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        for (int k = 0; k < inner; k++) {
            int row = bAt + k * columns;
            int step = k * aInner;
            FloatVector x = FloatVector.fromArray(SPECIES, b, row);
            FloatVector y = FloatVector.fromArray(SPECIES, b, row + LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, a[a0 + step]);
            s0x = x.fma(v, s0x);
            s0y = y.fma(v, s0y);
            v = FloatVector.broadcast(SPECIES, a[a1 + step]);
            s1x = x.fma(v, s1x);
            s1y = y.fma(v, s1y);
            v = FloatVector.broadcast(SPECIES, a[a2 + step]);
            s2x = x.fma(v, s2x);
            s2y = y.fma(v, s2y);
            v = FloatVector.broadcast(SPECIES, a[a3 + step]);
            s3x = x.fma(v, s3x);
            s3y = y.fma(v, s3y);
        }
        s0x.intoArray(c, c0);
        s0y.intoArray(c, c0 + LANES);
        s1x.intoArray(c, c1);
        s1y.intoArray(c, c1 + LANES);
        s2x.intoArray(c, c2);
        s2y.intoArray(c, c2 + LANES);
        s3x.intoArray(c, c3);
        s3y.intoArray(c, c3 + LANES);
    }
}
