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
package io.clearline.dsp;

import java.util.ArrayList;
import java.util.List;

/**
 * Discrete Fourier transform of complex samples. Any length is possible; lengths that are products of 2, 3 and 5 are
 * fast.
 *
 * <p>The four-step algorithm (Bailey 1990) arranges the samples as a row-major matrix {@code [rows x columns]}:
 *
 * <ol>
 *   <li>transform each column
 *   <li>multiply each entry by its twiddle factor {@code exp(-2 pi i row column / length)}
 *   <li>transpose the matrix
 *   <li>transform each column of the transposed matrix, which then contains the result in row-major order
 * </ol>
 *
 * Every inner loop therefore runs over contiguous values, at least as many as the shorter side of the matrix. The
 * column transforms use Stockham's algorithm, which needs no bit reversal because it alternates between two pairs of
 * arrays.
 *
 * <p>The result has the same bits on every machine: all factors come from {@link StrictMath}, and every sum has a fixed
 * order. Real and imaginary parts are in separate arrays. Thread-confined; allocates nothing after construction.
 */
final class ComplexFft {

    private final int rows;
    private final int columns;
    private final FftPass[] columnPasses;
    private final FftPass[] rowPasses;
    /** Twiddle factor of each entry, {@code [rows x columns]}. */
    private final float[] twiddleRe;

    private final float[] twiddleIm;
    /** For each entry of the transposed matrix {@code [columns x rows]}, its index in the matrix. */
    private final int[] transposed;

    private float[] re;
    private float[] im;
    private float[] otherRe;
    private float[] otherIm;

    ComplexFft(int length, FftPasses passFactory) {
        List<Integer> factors = factors(length);
        List<Integer> ofRows = nearSquareRoot(factors, length);
        rows = product(ofRows);
        columns = length / rows;
        ofRows.forEach(factor -> factors.remove(factor));
        columnPasses = passes(ofRows, columns, passFactory);
        rowPasses = passes(factors, rows, passFactory);
        twiddleRe = new float[length];
        twiddleIm = new float[length];
        transposed = new int[length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                twiddleRe[row * columns + column] = cosine((long) row * column, length);
                twiddleIm[row * columns + column] = -sine((long) row * column, length);
                transposed[column * rows + row] = row * columns + column;
            }
        }
        re = new float[length];
        im = new float[length];
        otherRe = new float[length];
        otherIm = new float[length];
    }

    /** Returns {@code cos(2 pi numerator / denominator)}. */
    static float cosine(long numerator, int denominator) {
        return (float) StrictMath.cos(2 * StrictMath.PI * (numerator % denominator) / denominator);
    }

    /** Returns {@code sin(2 pi numerator / denominator)}. */
    static float sine(long numerator, int denominator) {
        return (float) StrictMath.sin(2 * StrictMath.PI * (numerator % denominator) / denominator);
    }

    /**
     * Returns the real parts: those of the samples before {@link #transform}, and those of the result after it. The
     * transform swaps its arrays, so call this again after each transform.
     */
    @HotPath
    float[] re() {
        return re;
    }

    /** Returns the imaginary parts; see {@link #re}. */
    @HotPath
    float[] im() {
        return im;
    }

    /** Computes {@code X[k] = sum over n of x[n] exp(-2 pi i n k / length)}. */
    @HotPath
    void transform() {
        run(columnPasses);
        applyTwiddles();
        transpose();
        run(rowPasses);
    }

    @HotPath
    private void run(FftPass[] passes) {
        for (FftPass pass : passes) {
            pass.run(re, im, otherRe, otherIm);
            swap();
        }
    }

    @HotPath
    private void applyTwiddles() {
        float[] x = re;
        float[] y = im;
        float[] cos = twiddleRe;
        float[] sin = twiddleIm;
        for (int i = 0; i < x.length; i++) {
            float xi = x[i];
            float yi = y[i];
            x[i] = xi * cos[i] - yi * sin[i];
            y[i] = xi * sin[i] + yi * cos[i];
        }
    }

    @HotPath
    private void transpose() {
        int[] from = transposed;
        float[] x = re;
        float[] y = im;
        float[] outX = otherRe;
        float[] outY = otherIm;
        for (int i = 0; i < from.length; i++) {
            outX[i] = x[from[i]];
            outY[i] = y[from[i]];
        }
        swap();
    }

    @HotPath
    private void swap() {
        float[] spareRe = re;
        float[] spareIm = im;
        re = otherRe;
        im = otherIm;
        otherRe = spareRe;
        otherIm = spareIm;
    }

    /** Creates the passes that transform each of {@code width} columns. */
    private static FftPass[] passes(List<Integer> factors, int width, FftPasses passFactory) {
        FftPass[] passes = new FftPass[factors.size()];
        int left = product(factors);
        int stride = width;
        for (int i = 0; i < passes.length; i++) {
            passes[i] = passFactory.pass(factors.get(i), left, stride);
            left /= factors.get(i);
            stride *= factors.get(i);
        }
        return passes;
    }

    /** Returns the radices whose product is the length: 5, 4, 3 and 2 first, then all other prime factors. */
    private static List<Integer> factors(int length) {
        List<Integer> factors = new ArrayList<>();
        int left = length;
        for (int factor : new int[] {5, 4, 3, 2}) {
            while (left % factor == 0) {
                factors.add(factor);
                left /= factor;
            }
        }
        for (int factor = 7; left > 1; factor += 2) {
            while (left % factor == 0) {
                factors.add(factor);
                left /= factor;
            }
        }
        return factors;
    }

    /** Returns the subset of the factors with the smallest product that is at least the square root of the length. */
    private static List<Integer> nearSquareRoot(List<Integer> factors, int length) {
        List<Integer> nearest = factors;
        for (int bits = 0; bits < 1 << factors.size(); bits++) {
            List<Integer> subset = new ArrayList<>();
            for (int i = 0; i < factors.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    subset.add(factors.get(i));
                }
            }
            long product = product(subset);
            if (product * product >= length && product < product(nearest)) {
                nearest = subset;
            }
        }
        return List.copyOf(nearest);
    }

    private static int product(List<Integer> factors) {
        return factors.stream().reduce(1, (a, b) -> a * b);
    }
}
