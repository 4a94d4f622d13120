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

import java.util.Arrays;

/**
 * {@link MatrixProducts} on {@link VectorTiles}. The columns of b are in the lanes, and the rows of a are the batch.
 * Works on blocks that stay in the cache: packs one block of b at a time, and transposes the part of a that it is
 * multiplied by. Thread-confined.
 */
final class VectorProducts implements MatrixProducts {

    /** Values of the summed index per block. */
    private static final int CHUNK = 192;

    private static final int BLOCK_ROWS = 256;
    private static final int BLOCK_COLUMNS = 384;

    private float[] packed = new float[0];
    private float[] transposed = new float[0];
    private float[] sums = new float[0];

    @Override
    public void multiply(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns) {
        run(new View(a, aAt, inner, 1), new View(b, bAt, columns, 1), c, cAt, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedLeft(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns) {
        run(new View(a, aAt, 1, rows), new View(b, bAt, columns, 1), c, cAt, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedRight(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns) {
        run(new View(a, aAt, inner, 1), new View(b, bAt, 1, inner), c, cAt, rows, inner, columns);
    }

    @Override
    public void accumulate(
            float[] a,
            int aAt,
            int aRowStride,
            int aInnerStride,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            int rows,
            int inner,
            int columns) {
        VectorSmallTiles.accumulate(a, aAt, aRowStride, aInnerStride, b, bAt, c, cAt, rows, inner, columns);
    }

    /** A matrix in an array. Entry (row, column) is at {@code at + row * rowStride + column * columnStride}. */
    private record View(float[] values, int at, int rowStride, int columnStride) {
        int index(int row, int column) {
            return at + row * rowStride + column * columnStride;
        }
    }

    private void run(View a, View b, float[] c, int cAt, int rows, int inner, int columns) {
        for (int column = 0; column < columns; column += BLOCK_COLUMNS) {
            int width = Math.min(BLOCK_COLUMNS, columns - column);
            int stride = PackedMatrix.vectors(width, LANES) * LANES;
            for (int row = 0; row < rows; row += BLOCK_ROWS) {
                int height = Math.min(BLOCK_ROWS, rows - row);
                sums = grown(sums, height * stride);
                Arrays.fill(sums, 0, height * stride, 0);
                for (int start = 0; start < inner; start += CHUNK) {
                    int count = Math.min(CHUNK, inner - start);
                    // A block that covers the whole summed index stays packed for all rows.
                    boolean isPacked = row > 0 && inner <= CHUNK;
                    PackedMatrix block = isPacked ? matrix(count, width) : pack(b, start, column, count, width);
                    accumulate(block, a, row, start, height, count, stride);
                }
                for (int i = 0; i < height; i++) {
                    System.arraycopy(sums, i * stride, c, cAt + (row + i) * columns + column, width);
                }
            }
        }
    }

    private void accumulate(PackedMatrix block, View a, int row, int start, int height, int count, int stride) {
        int at = a.index(row, start);
        if (a.columnStride() == 1) {
            VectorTiles.accumulate(block, 0, count, a.values(), at, a.rowStride(), sums, 0, stride, height);
        } else {
            transpose(a.values(), at, a.columnStride(), height, count);
            VectorTiles.accumulate(block, 0, count, transposed, 0, count, sums, 0, stride, height);
        }
    }

    /** Makes each row of a contiguous. */
    private void transpose(float[] a, int at, int aInner, int rows, int count) {
        transposed = grown(transposed, rows * count);
        for (int k = 0; k < count; k++) {
            for (int row = 0; row < rows; row++) {
                transposed[row * count + k] = a[at + k * aInner + row];
            }
        }
    }

    /** Packs a block. The padding may contain old values, because it affects no column of the result. */
    private PackedMatrix pack(View b, int start, int column, int inner, int columns) {
        packed = grown(packed, PackedMatrix.vectors(columns, LANES) * LANES * inner);
        PackedMatrix matrix = matrix(inner, columns);
        matrix.fill(b.values(), b.index(start, column), columns, b.columnStride(), b.rowStride());
        return matrix;
    }

    private PackedMatrix matrix(int inner, int columns) {
        return new PackedMatrix(packed, PackedMatrix.vectors(columns, LANES), inner, LANES);
    }

    private static float[] grown(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }
}
