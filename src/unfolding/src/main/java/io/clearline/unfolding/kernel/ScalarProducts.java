package io.clearline.unfolding.kernel;

import java.util.Arrays;

/** {@link MatrixProducts} by {@link Rows}. */
final class ScalarProducts implements MatrixProducts {

    private float[] scratch = new float[0];

    @Override
    public void multiply(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        Arrays.fill(c, 0, rows * columns, 0);
        for (int row = 0; row < rows; row++) {
            Rows.accumulate(b, 0, columns, a, row * inner, inner, c, row * columns, columns);
        }
    }

    @Override
    public void multiplyTransposedLeft(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        multiply(turned(a, inner, rows), b, c, rows, inner, columns);
    }

    @Override
    public void multiplyTransposedRight(float[] a, float[] b, float[] c, int rows, int inner, int columns) {
        multiply(a, turned(b, columns, inner), c, rows, inner, columns);
    }

    private float[] turned(float[] matrix, int rows, int columns) {
        if (scratch.length < rows * columns) {
            scratch = new float[rows * columns];
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                scratch[j * rows + i] = matrix[i * columns + j];
            }
        }
        return scratch;
    }
}
