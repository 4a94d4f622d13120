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
package io.clearline.unfolding.nmf;

import static io.clearline.unfolding.framework.Matrices.floored;
import static io.clearline.unfolding.framework.Matrices.map;
import static io.clearline.unfolding.framework.Matrices.power;
import static io.clearline.unfolding.framework.Matrices.product;
import static io.clearline.unfolding.framework.Matrices.times;
import static io.clearline.unfolding.framework.Matrices.timesTransposed;

import io.clearline.unfolding.framework.Signed;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Sparse NMF in double precision: multiplicative updates that minimise {@code D_beta(V | W H) + sparsity * sum(H)},
 * where the columns of W have unit L2 norm (Le Roux, Weninger, Hershey 2015). Shapes: V {@code [rows x frames]}, W
 * {@code [rows x atoms]}, H {@code [atoms x frames]}. Immutable and thread-safe.
 *
 * @param beta 1 is Kullback-Leibler, 2 Euclidean, 0 Itakura-Saito
 * @param sparsity mu, the weight of the L1 norm of H
 */
public record SparseNmf(double beta, double sparsity) {

    /**
     * Replaces the zeros of V by its smallest positive entry. The divergences with beta below 2 need positive data; for
     * other values of beta, and for a matrix of zeros, this method returns a plain copy.
     */
    public DMatrixRMaj withoutZeros(DMatrixRMaj v) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < v.getNumElements(); i++) {
            if (v.data[i] > 0) {
                smallest = Math.min(smallest, v.data[i]);
            }
        }
        if (beta >= 2 || smallest == Double.POSITIVE_INFINITY) {
            return v.copy();
        }
        double replacement = smallest;
        return map(v, value -> value > 0 ? value : replacement);
    }

    /** Returns {@code H [W^T (V L^(b-2))] / [W^T L^(b-1) + sparsity]}, with {@code L = W H}. */
    public DMatrixRMaj updateActivations(DMatrixRMaj v, DMatrixRMaj w, DMatrixRMaj h) {
        return new NmfLayer(beta, sparsity).on(w, v).from(h).state();
    }

    /**
     * Returns the dictionary after one multiplicative step along the unit sphere. Its columns are normalised
     * afterwards; H is not rescaled to compensate.
     */
    public DMatrixRMaj updateDictionary(DMatrixRMaj v, DMatrixRMaj w, DMatrixRMaj h) {
        Signed slope = dictionarySlope(v, w, h);
        return normalised(times(w, map(slope.minus(), floored(slope.plus()), (a, b) -> a / b)));
    }

    /** Returns the gradient of the objective with respect to W under the constraint of columns of unit norm. */
    public Signed dictionarySlope(DMatrixRMaj v, DMatrixRMaj w, DMatrixRMaj h) {
        DMatrixRMaj model = reconstruction(w, h);
        DMatrixRMaj n = timesTransposed(times(v, power(model, beta - 2)), h);
        DMatrixRMaj p = timesTransposed(power(model, beta - 1), h);
        return new Signed(plusProjection(p, w, n), plusProjection(n, w, p));
    }

    /** Returns {@code D_beta(V | W H) + sparsity * sum(H)}. */
    public double objective(DMatrixRMaj v, DMatrixRMaj w, DMatrixRMaj h) {
        return BetaDivergence.sum(beta, v, reconstruction(w, h)) + sparsity * CommonOps_DDRM.elementSum(h);
    }

    /** Returns W with columns of unit L2 norm. A column of zeros stays zero. */
    public static DMatrixRMaj normalised(DMatrixRMaj w) {
        DMatrixRMaj result = w.copy();
        for (int atom = 0; atom < w.numCols; atom++) {
            double norm = columnNorm(w, atom);
            for (int row = 0; row < w.numRows && norm > 0; row++) {
                result.set(row, atom, w.get(row, atom) / norm);
            }
        }
        return result;
    }

    /** Returns the L2 norm of one column. */
    public static double columnNorm(DMatrixRMaj w, int column) {
        double sum = 0;
        for (int row = 0; row < w.numRows; row++) {
            sum += w.get(row, column) * w.get(row, column);
        }
        return Math.sqrt(sum);
    }

    /** Returns {@code W H}, at least {@link io.clearline.unfolding.framework.Matrices#FLOOR} in every entry. */
    public static DMatrixRMaj reconstruction(DMatrixRMaj w, DMatrixRMaj h) {
        return floored(product(w, h));
    }

    /**
     * Returns {@code n + W (1 1^T (W p))}, with element-wise products: the projection of p onto each column of W, added
     * to n along that column.
     */
    static DMatrixRMaj plusProjection(DMatrixRMaj n, DMatrixRMaj w, DMatrixRMaj p) {
        DMatrixRMaj result = n.copy();
        for (int atom = 0; atom < w.numCols; atom++) {
            double sum = 0;
            for (int row = 0; row < w.numRows; row++) {
                sum += w.get(row, atom) * p.get(row, atom);
            }
            for (int row = 0; row < w.numRows; row++) {
                result.add(row, atom, w.get(row, atom) * sum);
            }
        }
        return result;
    }
}
