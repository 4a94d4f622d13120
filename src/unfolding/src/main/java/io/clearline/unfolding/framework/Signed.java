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

/**
 * A matrix as the difference of two: the sum of its positive terms and the sum of its negative terms. The split is by
 * the sign of the single terms, not by the sign of their sum; multiplicative updates need it. Immutable, as long as the
 * matrices are not modified.
 *
 * @param plus sum of the positive terms
 * @param minus sum of the magnitudes of the negative terms, in the same shape
 */
public record Signed(DMatrixRMaj plus, DMatrixRMaj minus) {

    public Signed {
        if (plus.numRows != minus.numRows || plus.numCols != minus.numCols) {
            throw new IllegalArgumentException("expected two parts of one shape, found [" + plus.numRows + " x "
                    + plus.numCols + "] and [" + minus.numRows + " x " + minus.numCols + "]");
        }
    }

    /** Returns a matrix of zeros. */
    public static Signed zeros(int rows, int columns) {
        return new Signed(new DMatrixRMaj(rows, columns), new DMatrixRMaj(rows, columns));
    }

    /** Returns the matrix itself, plus - minus. */
    public DMatrixRMaj difference() {
        return Matrices.minus(plus, minus);
    }

    /** Returns the negated matrix: the parts change places. */
    public Signed negated() {
        return new Signed(minus, plus);
    }

    /** Returns the sum of two matrices, with the terms of both. */
    public Signed and(Signed other) {
        return new Signed(Matrices.plus(plus, other.plus), Matrices.plus(minus, other.minus));
    }
}
