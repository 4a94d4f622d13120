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
package io.clearline.unfolding.framework;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Matrix operations of the double-precision networks. Every method returns a new matrix and leaves its arguments
 * unchanged, except where its description says otherwise. Stateless.
 */
public final class Matrices {

    /** Lower bound of reconstructions and denominators. It prevents divisions by zero. */
    public static final double FLOOR = 1e-9;

    private Matrices() {}

    /** A function of one entry. */
    @FunctionalInterface
    public interface Unary {
        double of(double value);
    }

    /** A function of two entries at the same position. */
    @FunctionalInterface
    public interface Binary {
        double of(double left, double right);
    }

    /** Applies a function to every entry. */
    public static DMatrixRMaj map(DMatrixRMaj matrix, Unary function) {
        DMatrixRMaj result = new DMatrixRMaj(matrix.numRows, matrix.numCols);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            result.data[i] = function.of(matrix.data[i]);
        }
        return result;
    }

    /**
     * Applies a function to every pair of entries at the same position.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static DMatrixRMaj map(DMatrixRMaj left, DMatrixRMaj right, Binary function) {
        if (left.numRows != right.numRows || left.numCols != right.numCols) {
            throw new IllegalArgumentException("expected equal shapes, found [" + left.numRows + " x " + left.numCols
                    + "] and [" + right.numRows + " x " + right.numCols + "]");
        }
        DMatrixRMaj result = new DMatrixRMaj(left.numRows, left.numCols);
        for (int i = 0; i < left.getNumElements(); i++) {
            result.data[i] = function.of(left.data[i], right.data[i]);
        }
        return result;
    }

    /** Replaces every entry below {@link #FLOOR} by it. */
    public static DMatrixRMaj floored(DMatrixRMaj matrix) {
        return map(matrix, value -> Math.max(value, FLOOR));
    }

    /**
     * Raises every entry to a power. StrictMath gives the same result on every platform; the exponents 0 and 1 are
     * shortcuts.
     */
    public static DMatrixRMaj power(DMatrixRMaj matrix, double exponent) {
        if (exponent == 0) {
            return map(matrix, value -> 1);
        }
        if (exponent == 1) {
            return matrix.copy();
        }
        return map(matrix, value -> StrictMath.pow(value, exponent));
    }

    /** Returns the element-wise product. */
    public static DMatrixRMaj times(DMatrixRMaj left, DMatrixRMaj right) {
        return map(left, right, (a, b) -> a * b);
    }

    /** Multiplies every entry by a factor. */
    public static DMatrixRMaj scaled(double factor, DMatrixRMaj matrix) {
        return map(matrix, value -> factor * value);
    }

    /** Returns the sum of two matrices. */
    public static DMatrixRMaj plus(DMatrixRMaj left, DMatrixRMaj right) {
        return map(left, right, Double::sum);
    }

    /** Returns the difference of two matrices. */
    public static DMatrixRMaj minus(DMatrixRMaj left, DMatrixRMaj right) {
        return map(left, right, (a, b) -> a - b);
    }

    /** Returns the matrix product {@code a b}. */
    public static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    /** Returns the matrix product {@code a^T b}. */
    public static DMatrixRMaj transposedTimes(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numCols, b.numCols);
        CommonOps_DDRM.multTransA(a, b, product);
        return product;
    }

    /** Returns the matrix product {@code a b^T}. */
    public static DMatrixRMaj timesTransposed(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numRows);
        CommonOps_DDRM.multTransB(a, b, product);
        return product;
    }

    /** Returns the last rows of a matrix, or the matrix itself if it has no others. */
    public static DMatrixRMaj lastRows(DMatrixRMaj matrix, int rows) {
        return rows == matrix.numRows
                ? matrix
                : CommonOps_DDRM.extract(matrix, matrix.numRows - rows, matrix.numRows, 0, matrix.numCols);
    }

    /** Copies the rows from {@code from}, inclusive, to {@code to}, exclusive. */
    public static DMatrixRMaj rows(DMatrixRMaj matrix, int from, int to) {
        return CommonOps_DDRM.extract(matrix, from, to, 0, matrix.numCols);
    }

    /** Copies the columns from {@code from}, inclusive, to {@code to}, exclusive. */
    public static DMatrixRMaj columns(DMatrixRMaj matrix, int from, int to) {
        return CommonOps_DDRM.extract(matrix, 0, matrix.numRows, from, to);
    }
}
