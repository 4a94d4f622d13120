package io.clearline.unfolding.kernel;

/**
 * Dense float products, row-major, each element one chain of fused multiply-adds over the summed index upwards. Made for the
 * trainer: scratch is kept between calls, so an instance belongs to one thread.
 */
public interface MatrixProducts {

    /** {@code c = a b} with {@code a [rows x inner]}, {@code b [inner x columns]}, {@code c [rows x columns]}. */
    void multiply(float[] a, float[] b, float[] c, int rows, int inner, int columns);

    /** {@code c = a^T b} with {@code a [inner x rows]}, {@code b [inner x columns]}, {@code c [rows x columns]}. */
    void multiplyTransposedLeft(float[] a, float[] b, float[] c, int rows, int inner, int columns);

    /** {@code c = a b^T} with {@code a [rows x inner]}, {@code b [columns x inner]}, {@code c [rows x columns]}. */
    void multiplyTransposedRight(float[] a, float[] b, float[] c, int rows, int inner, int columns);
}
