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

import static io.clearline.unfolding.framework.Matrices.columns;
import static io.clearline.unfolding.framework.Matrices.lastRows;
import static io.clearline.unfolding.framework.Matrices.map;
import static io.clearline.unfolding.framework.Matrices.product;
import static io.clearline.unfolding.framework.Matrices.rows;
import static io.clearline.unfolding.framework.Matrices.times;
import static io.clearline.unfolding.framework.Matrices.timesTransposed;
import static io.clearline.unfolding.framework.Matrices.transposedTimes;

import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.Signed;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The read-out of deep NMF: Wiener-filtered estimates of all sources, which add up to the mixture.
 *
 * <pre>
 *   S^l = M L_l / L,  L_l = W_l H_l,  L = sum of the L_l
 * </pre>
 *
 * The slot is W {@code [bins x atoms]}; M is the last {@code bins} rows of the input, the target frame. The state
 * before it is H {@code [atoms x columns]}; the output is {@code [(sources x bins) x columns]}, source after source.
 *
 * @param sourceAtoms number of atoms of each source; sources own consecutive columns of the slot
 */
public record WienerReadOut(List<Integer> sourceAtoms) implements Layer {

    /** @throws NullPointerException if a number of atoms is null */
    public WienerReadOut {
        sourceAtoms = List.copyOf(sourceAtoms);
    }

    @Override
    public Iteration on(DMatrixRMaj w, DMatrixRMaj input) {
        DMatrixRMaj mixture = lastRows(input, w.numRows);
        return h -> new Estimate(w, mixture, h);
    }

    /** Returns {@code L_l = W_l H_l} of each source, {@code [bins x columns]}. */
    List<DMatrixRMaj> parts(DMatrixRMaj w, DMatrixRMaj h) {
        List<DMatrixRMaj> parts = new ArrayList<>();
        int first = 0;
        for (int atoms : sourceAtoms) {
            int end = first + atoms;
            parts.add(product(columns(w, first, end), rows(h, first, end)));
            first = end;
        }
        return parts;
    }

    private final class Estimate implements Step {
        private final DMatrixRMaj w;
        private final DMatrixRMaj mixture;
        private final DMatrixRMaj h;
        private final List<DMatrixRMaj> parts;
        private final DMatrixRMaj model;
        private final DMatrixRMaj output;

        private Estimate(DMatrixRMaj w, DMatrixRMaj mixture, DMatrixRMaj h) {
            this.w = w;
            this.mixture = mixture;
            this.h = h;
            parts = parts(w, h);
            model = SparseNmf.reconstruction(w, h);
            DMatrixRMaj gain = map(mixture, model, (m, l) -> m / l);
            output = new DMatrixRMaj(w.numRows * sourceAtoms.size(), h.numCols);
            for (int source = 0; source < sourceAtoms.size(); source++) {
                CommonOps_DDRM.insert(times(gain, parts.get(source)), output, source * w.numRows, 0);
            }
        }

        @Override
        public DMatrixRMaj state() {
            return output;
        }

        /**
         * Back-propagates to W and H. The atoms of a source raise its estimate by {@code M (L - L_l) / L^2} and lower
         * the estimate of every other source k by {@code M L_k / L^2}.
         */
        @Override
        public Gradient back(DMatrixRMaj slope) {
            DMatrixRMaj perModel = map(mixture, model, (m, l) -> m / (l * l));
            List<DMatrixRMaj> lowering = new ArrayList<>();
            DMatrixRMaj allLowering = new DMatrixRMaj(w.numRows, h.numCols);
            for (int source = 0; source < sourceAtoms.size(); source++) {
                DMatrixRMaj lowers = times(times(perModel, parts.get(source)), ofSource(slope, source));
                lowering.add(lowers);
                CommonOps_DDRM.addEquals(allLowering, lowers);
            }
            Signed weights = Signed.zeros(w.numRows, w.numCols);
            Signed activations = Signed.zeros(h.numRows, h.numCols);
            int first = 0;
            for (int source = 0; source < sourceAtoms.size(); source++) {
                DMatrixRMaj rest = map(model, parts.get(source), (l, own) -> l - own);
                DMatrixRMaj raises = times(times(perModel, rest), ofSource(slope, source));
                DMatrixRMaj lowers = map(allLowering, lowering.get(source), (all, own) -> all - own);
                int end = first + sourceAtoms.get(source);
                insert(raises, first, end, weights.plus(), activations.plus());
                insert(lowers, first, end, weights.minus(), activations.minus());
                first = end;
            }
            return new Gradient(activations, weights);
        }

        private DMatrixRMaj ofSource(DMatrixRMaj slope, int source) {
            return rows(slope, source * w.numRows, (source + 1) * w.numRows);
        }

        private void insert(DMatrixRMaj bySource, int first, int end, DMatrixRMaj weights, DMatrixRMaj activations) {
            CommonOps_DDRM.insert(timesTransposed(bySource, rows(h, first, end)), weights, 0, first);
            CommonOps_DDRM.insert(transposedTimes(columns(w, first, end), bySource), activations, first, 0);
        }
    }
}
