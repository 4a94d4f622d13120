package io.clearline.unfolding.reference;

import org.ejml.data.DMatrixRMaj;

/** Elementwise steps that the double-precision networks share. All give a new matrix. */
final class Elementwise {

    private Elementwise() {}

    /** A function of one entry. */
    @FunctionalInterface
    interface Unary {
        double of(double value);
    }

    /** A function of two entries at the same place. */
    @FunctionalInterface
    interface Binary {
        double of(double left, double right);
    }

    static DMatrixRMaj map(DMatrixRMaj matrix, Unary function) {
        DMatrixRMaj result = new DMatrixRMaj(matrix.numRows, matrix.numCols);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            result.data[i] = function.of(matrix.data[i]);
        }
        return result;
    }

    static DMatrixRMaj map(DMatrixRMaj left, DMatrixRMaj right, Binary function) {
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

    static DMatrixRMaj floored(DMatrixRMaj matrix) {
        return map(matrix, value -> Math.max(value, BetaDivergence.FLOOR));
    }

    static DMatrixRMaj power(DMatrixRMaj matrix, double exponent) {
        if (exponent == 0) {
            return map(matrix, value -> 1);
        }
        if (exponent == 1) {
            return matrix.copy();
        }
        return map(matrix, value -> StrictMath.pow(value, exponent));
    }

    static DMatrixRMaj times(DMatrixRMaj left, DMatrixRMaj right) {
        return map(left, right, (a, b) -> a * b);
    }
}
