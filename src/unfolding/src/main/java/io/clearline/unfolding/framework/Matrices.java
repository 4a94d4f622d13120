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
 * Steps on matrices that the double-precision networks share. All give a new matrix, or the one given where they say
 * so.
 */
public final class Matrices {

    /** Below this no reconstruction and no denominator falls. */
    public static final double FLOOR = 1e-9;

    private Matrices() {}

    /** A function of one entry. */
    @FunctionalInterface
    public interface Unary {
        double of(double value);
    }

    /** A function of two entries at the same place. */
    @FunctionalInterface
    public interface Binary {
        double of(double left, double right);
    }

    /** The function of every entry. */
    public static DMatrixRMaj map(DMatrixRMaj matrix, Unary function) {
        DMatrixRMaj result = new DMatrixRMaj(matrix.numRows, matrix.numCols);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            result.data[i] = function.of(matrix.data[i]);
        }
        return result;
    }

    /** The function of every pair of entries; the shapes must agree. */
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

    /** No entry below {@link #FLOOR}. */
    public static DMatrixRMaj floored(DMatrixRMaj matrix) {
        return map(matrix, value -> Math.max(value, FLOOR));
    }

    /** Every entry to a power. */
    public static DMatrixRMaj power(DMatrixRMaj matrix, double exponent) {
        if (exponent == 0) {
            return map(matrix, value -> 1);
        }
        if (exponent == 1) {
            return matrix.copy();
        }
        return map(matrix, value -> StrictMath.pow(value, exponent));
    }

    /** Products of entries at the same place. */
    public static DMatrixRMaj times(DMatrixRMaj left, DMatrixRMaj right) {
        return map(left, right, (a, b) -> a * b);
    }

    /** Every entry times a number. */
    public static DMatrixRMaj scaled(double factor, DMatrixRMaj matrix) {
        return map(matrix, value -> factor * value);
    }

    /** The sum of two matrices. */
    public static DMatrixRMaj plus(DMatrixRMaj left, DMatrixRMaj right) {
        return map(left, right, Double::sum);
    }

    /** The difference of two matrices. */
    public static DMatrixRMaj minus(DMatrixRMaj left, DMatrixRMaj right) {
        return map(left, right, (a, b) -> a - b);
    }

    /** The matrix product {@code a b}. */
    public static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    /** The matrix product {@code a^T b}. */
    public static DMatrixRMaj transposedTimes(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numCols, b.numCols);
        CommonOps_DDRM.multTransA(a, b, product);
        return product;
    }

    /** The matrix product {@code a b^T}. */
    public static DMatrixRMaj timesTransposed(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numRows);
        CommonOps_DDRM.multTransB(a, b, product);
        return product;
    }

    /** The last rows of a matrix; itself where these are all. */
    public static DMatrixRMaj lastRows(DMatrixRMaj matrix, int rows) {
        return rows == matrix.numRows
                ? matrix
                : CommonOps_DDRM.extract(matrix, matrix.numRows - rows, matrix.numRows, 0, matrix.numCols);
    }

    /** Rows from one, inclusive, to another, exclusive. */
    public static DMatrixRMaj rows(DMatrixRMaj matrix, int from, int to) {
        return CommonOps_DDRM.extract(matrix, from, to, 0, matrix.numCols);
    }

    /** Columns from one, inclusive, to another, exclusive. */
    public static DMatrixRMaj columns(DMatrixRMaj matrix, int from, int to) {
        return CommonOps_DDRM.extract(matrix, 0, matrix.numRows, from, to);
    }
}
