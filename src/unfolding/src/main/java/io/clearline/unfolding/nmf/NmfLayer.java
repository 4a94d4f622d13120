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
import static io.clearline.unfolding.framework.Matrices.lastRows;
import static io.clearline.unfolding.framework.Matrices.map;
import static io.clearline.unfolding.framework.Matrices.plus;
import static io.clearline.unfolding.framework.Matrices.power;
import static io.clearline.unfolding.framework.Matrices.product;
import static io.clearline.unfolding.framework.Matrices.scaled;
import static io.clearline.unfolding.framework.Matrices.times;
import static io.clearline.unfolding.framework.Matrices.timesTransposed;
import static io.clearline.unfolding.framework.Matrices.transposedTimes;

import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.Signed;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * One multiplicative update of the activations under any beta divergence, with its backward pass.
 *
 * <pre>
 *   H' = H N / P,  N = W^T (M L^(b-2)),  P = W^T L^(b-1) + sparsity,  L = W H
 * </pre>
 *
 * The backward pass, with {@code G = dE/dH'}, {@code A = G H / P}, {@code B = G H' / P} and {@code D = (b-2) (W A) M
 * L^(b-3) - (b-1) (W B) L^(b-2)}:
 *
 * <pre>
 *   dE/dH = G N / P + W^T D;   dE/dW = (M L^(b-2)) A^T - L^(b-1) B^T + D H^T
 * </pre>
 *
 * Products and quotients of matrices of one shape are element by element. The slot is W {@code [rows x atoms]}; M is
 * the last {@code rows} rows of the input, so that each slot can have its own context. The state is H {@code [atoms x
 * columns]}.
 *
 * @param beta 1 is Kullback-Leibler, 2 Euclidean, 0 Itakura-Saito
 * @param sparsity mu, the weight of the L1 norm of H
 */
public record NmfLayer(double beta, double sparsity) implements Layer {

    @Override
    public Iteration on(DMatrixRMaj w, DMatrixRMaj input) {
        DMatrixRMaj mixture = lastRows(input, w.numRows);
        return h -> new Update(w, mixture, h);
    }

    private final class Update implements Step {
        private final DMatrixRMaj w;
        private final DMatrixRMaj mixture;
        private final DMatrixRMaj before;
        private final DMatrixRMaj model;
        /** M L^(b-2). */
        private final DMatrixRMaj weighted;

        private final DMatrixRMaj numerator;
        private final DMatrixRMaj denominator;
        private final DMatrixRMaj after;

        private Update(DMatrixRMaj w, DMatrixRMaj mixture, DMatrixRMaj before) {
            this.w = w;
            this.mixture = mixture;
            this.before = before;
            model = SparseNmf.reconstruction(w, before);
            weighted = times(mixture, power(model, beta - 2));
            numerator = transposedTimes(w, weighted);
            DMatrixRMaj sum = transposedTimes(w, power(model, beta - 1));
            CommonOps_DDRM.add(sum, sparsity);
            denominator = floored(sum);
            after = times(before, map(numerator, denominator, (n, p) -> n / p));
        }

        @Override
        public DMatrixRMaj state() {
            return after;
        }

        @Override
        public Gradient back(DMatrixRMaj slope) {
            DMatrixRMaj scaled = map(slope, denominator, (g, p) -> g / p);
            DMatrixRMaj a = times(scaled, before);
            DMatrixRMaj b = times(scaled, after);
            Signed d = throughModel(a, b);
            DMatrixRMaj ownWeights = plus(timesTransposed(weighted, a), timesTransposed(d.plus(), before));
            DMatrixRMaj otherWeights =
                    plus(timesTransposed(power(model, beta - 1), b), timesTransposed(d.minus(), before));
            DMatrixRMaj ownState = plus(times(scaled, numerator), transposedTimes(w, d.plus()));
            return new Gradient(
                    new Signed(ownState, transposedTimes(w, d.minus())), new Signed(ownWeights, otherWeights));
        }

        /**
         * Returns D, the derivative with respect to the model L. The first term has the sign of b - 2, the second the
         * sign of 1 - b.
         */
        private Signed throughModel(DMatrixRMaj a, DMatrixRMaj b) {
            DMatrixRMaj first =
                    scaled(Math.abs(beta - 2), times(product(w, a), times(mixture, power(model, beta - 3))));
            DMatrixRMaj second = scaled(Math.abs(beta - 1), times(product(w, b), power(model, beta - 2)));
            DMatrixRMaj zero = new DMatrixRMaj(model.numRows, model.numCols);
            Signed ofFirst = beta > 2 ? new Signed(first, zero) : new Signed(zero, first);
            return ofFirst.and(beta < 1 ? new Signed(second, zero) : new Signed(zero, second));
        }
    }
}
