package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.COLUMNS;
import static io.clearline.unfolding.kernel.VectorTiles.PANEL_ROWS;

import java.util.Arrays;

/** {@link MatrixProducts} by {@link VectorTiles}, after packing both sides. */
final class VectorProducts implements MatrixProducts {

    /** Values of the summed index of one pass: a panel and a block of b stay in the cache near the core. */
    private static final int CHUNK = 192;

    private float[] packedA = new float[0];
    private float[] packedB = new float[0];
    private float[] sums = new float[0];

    @Override
    public void multiply(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        run(a, inner, 1, b, columns, 1, c, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedLeft(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        run(a, 1, rows, b, columns, 1, c, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedRight(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        run(a, inner, 1, b, 1, inner, c, rows, inner, columns);
    }

    private void run(
            float[] a,
            int aRowStride,
            int aInnerStride,
            float[] b,
            int bInnerStride,
            int bColumnStride,
            float[] c,
            int rows,
            int inner,
            int columns) {
        int panels = PanelMatrix.panels(rows, PANEL_ROWS);
        packedA = grown(packedA, panels * PANEL_ROWS * inner);
        packedB = grown(packedB, inner * COLUMNS);
        sums = grown(sums, panels * PANEL_ROWS * COLUMNS);
        packA(a, aRowStride, aInnerStride, rows, inner);
        for (int first = 0; first < columns; first += COLUMNS) {
            int count = Math.min(COLUMNS, columns - first);
            packB(b, first * bColumnStride, bInnerStride, bColumnStride, inner, count);
            Arrays.fill(sums, 0, panels * PANEL_ROWS * COLUMNS, 0);
            boolean full = count > VectorTiles.LANES;
            for (int k = 0; k < inner; k += CHUNK) {
                int length = Math.min(CHUNK, inner - k);
                VectorTiles.accumulate(
                        packedA,
                        k * PANEL_ROWS,
                        inner * PANEL_ROWS,
                        panels,
                        length,
                        packedB,
                        k * COLUMNS,
                        sums,
                        0,
                        full);
            }
            for (int row = 0; row < rows; row++) {
                System.arraycopy(sums, row * COLUMNS, c, row * columns + first, count);
            }
        }
    }

    private void packA(float[] a, int rowStride, int innerStride, int rows, int inner) {
        int padded = PanelMatrix.panels(rows, PANEL_ROWS) * PANEL_ROWS;
        for (int row = 0; row < padded; row++) {
            int to = row / PANEL_ROWS * PANEL_ROWS * inner + row % PANEL_ROWS;
            for (int k = 0; k < inner; k++) {
                packedA[to + k * PANEL_ROWS] = row < rows ? a[row * rowStride + k * innerStride] : 0;
            }
        }
    }

    private void packB(float[] b, int from, int innerStride, int columnStride, int inner, int count) {
        for (int k = 0; k < inner; k++) {
            for (int column = 0; column < COLUMNS; column++) {
                packedB[k * COLUMNS + column] = column < count ? b[from + k * innerStride + column * columnStride] : 0;
            }
        }
    }

    private static float[] grown(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }
}
