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
 * Discrete Fourier transform of complex samples, of any length; fast where the length is a product of 2, 3, 4 and 5.
 *
 * <p>Four steps (Bailey 1990): the samples are a matrix {@code [rows x columns]} in row order. A transform down each
 * column, a turn of each entry by {@code exp(-2 pi i row column / length)}, a transposition, and a transform down each
 * column of the transposed matrix, whose rows are then the result in order. So every inner loop runs over at least the
 * matrix's shorter side, one number after the other. The transforms of the columns are Stockham's: they sort
 * themselves, from one pair of arrays into another and back.
 *
 * <p>The same bits on every machine: all factors come from {@link StrictMath}, and every sum has one order. Real and
 * imaginary parts lie in arrays of their own. Thread-confined; allocates nothing after construction.
 */
final class ComplexFft {

    private final int rows;
    private final int columns;
    private final FftPass[] columnPasses;
    private final FftPass[] rowPasses;
    /** Real and imaginary part of the turn of each entry, {@code [rows x columns]}. */
    private final float[] turnRe;

    private final float[] turnIm;
    /** Where each entry of the transposed matrix {@code [columns x rows]} comes from. */
    private final int[] transposed;

    private float[] re;
    private float[] im;
    private float[] otherRe;
    private float[] otherIm;

    ComplexFft(int length, FftPasses maker) {
        List<Integer> factors = factors(length);
        List<Integer> ofRows = nearSquareRoot(factors, length);
        rows = product(ofRows);
        columns = length / rows;
        ofRows.forEach(factor -> factors.remove(factor));
        columnPasses = passes(ofRows, columns, maker);
        rowPasses = passes(factors, rows, maker);
        turnRe = new float[length];
        turnIm = new float[length];
        transposed = new int[length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turnRe[row * columns + column] = cosine((long) row * column, length);
                turnIm[row * columns + column] = -sine((long) row * column, length);
                transposed[column * rows + row] = row * columns + column;
            }
        }
        re = new float[length];
        im = new float[length];
        otherRe = new float[length];
        otherIm = new float[length];
    }

    /** {@code cos(2 pi numerator / denominator)}. */
    static float cosine(long numerator, int denominator) {
        return (float) StrictMath.cos(2 * StrictMath.PI * (numerator % denominator) / denominator);
    }

    /** {@code sin(2 pi numerator / denominator)}. */
    static float sine(long numerator, int denominator) {
        return (float) StrictMath.sin(2 * StrictMath.PI * (numerator % denominator) / denominator);
    }

    /** The real parts: of the samples before {@link #transform}, of the result after it. Ask for it again each time. */
    @HotPath
    float[] re() {
        return re;
    }

    /** The imaginary parts, as {@link #re}. */
    @HotPath
    float[] im() {
        return im;
    }

    /** {@code X[k] = sum over n of x[n] exp(-2 pi i n k / length)}. */
    @HotPath
    void transform() {
        run(columnPasses);
        turn();
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
    private void turn() {
        float[] x = re;
        float[] y = im;
        float[] cos = turnRe;
        float[] sin = turnIm;
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

    /** The passes of a transform down {@code width} columns. */
    private static FftPass[] passes(List<Integer> factors, int width, FftPasses maker) {
        FftPass[] passes = new FftPass[factors.size()];
        int left = product(factors);
        int stride = width;
        for (int i = 0; i < passes.length; i++) {
            passes[i] = maker.pass(factors.get(i), left, stride);
            left /= factors.get(i);
            stride *= factors.get(i);
        }
        return passes;
    }

    /** Fives, fours, a three or a two, then any other prime factors. */
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

    /** Of all products of some of the factors, those of the one nearest to the square root from above. */
    private static List<Integer> nearSquareRoot(List<Integer> factors, int length) {
        List<Integer> nearest = factors;
        for (int chosen = 0; chosen < 1 << factors.size(); chosen++) {
            List<Integer> some = new ArrayList<>();
            for (int i = 0; i < factors.size(); i++) {
                if ((chosen >> i & 1) == 1) {
                    some.add(factors.get(i));
                }
            }
            long product = product(some);
            if (product * product >= length && product < product(nearest)) {
                nearest = some;
            }
        }
        return List.copyOf(nearest);
    }

    private static int product(List<Integer> factors) {
        return factors.stream().reduce(1, (a, b) -> a * b);
    }
}
