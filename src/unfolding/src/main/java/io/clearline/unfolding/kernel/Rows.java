package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;

/**
 * The matrix-vector product of plain Java: the inner loop runs along a row of the matrix, over many outputs at once, which the
 * JIT compiler turns into vector instructions; eight rows a pass, so that eight multiply-adds share one load and store.
 */
final class Rows {

    private Rows() {}

    /** {@code y[j] = fma(matrix[i][j], x[i], y[j])} for i = 0 .. count-1 upwards, for every j of length. */
    @HotPath
    static void accumulate(
            float[] matrix,
            int offset,
            int stride,
            float[] x,
            int xOffset,
            int count,
            float[] y,
            int yOffset,
            int length) {
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            eightRows(matrix, offset + i * stride, stride, x, xOffset + i, y, yOffset, length);
        }
        for (; i < count; i++) {
            oneRow(matrix, offset + i * stride, x[xOffset + i], y, yOffset, length);
        }
    }

    @HotPath
    private static void eightRows(
            float[] matrix, int row0, int stride, float[] x, int at, float[] y, int yOffset, int length) {
        float x0 = x[at];
        float x1 = x[at + 1];
        float x2 = x[at + 2];
        float x3 = x[at + 3];
        float x4 = x[at + 4];
        float x5 = x[at + 5];
        float x6 = x[at + 6];
        float x7 = x[at + 7];
        int row1 = row0 + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        int row4 = row3 + stride;
        int row5 = row4 + stride;
        int row6 = row5 + stride;
        int row7 = row6 + stride;
        for (int j = 0; j < length; j++) {
            float sum = Math.fma(matrix[row0 + j], x0, y[yOffset + j]);
            sum = Math.fma(matrix[row1 + j], x1, sum);
            sum = Math.fma(matrix[row2 + j], x2, sum);
            sum = Math.fma(matrix[row3 + j], x3, sum);
            sum = Math.fma(matrix[row4 + j], x4, sum);
            sum = Math.fma(matrix[row5 + j], x5, sum);
            sum = Math.fma(matrix[row6 + j], x6, sum);
            y[yOffset + j] = Math.fma(matrix[row7 + j], x7, sum);
        }
    }

    @HotPath
    private static void oneRow(float[] matrix, int row, float x, float[] y, int yOffset, int length) {
        for (int j = 0; j < length; j++) {
            y[yOffset + j] = Math.fma(matrix[row + j], x, y[yOffset + j]);
        }
    }

    /** {@code [rows x columns]} to {@code [columns x rows]}. */
    static float[] transposed(float[] matrix, int rows, int columns) {
        float[] turned = new float[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = matrix[i * columns + j];
            }
        }
        return turned;
    }
}
