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

import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.Signed;
import org.ejml.data.DMatrixRMaj;

/**
 * Wraps a layer and normalises the columns of its slot to unit L2 norm, so that training changes only the directions of
 * the atoms. Not suitable for the read-out, whose mask depends on the scale of the columns.
 *
 * <pre>
 *   w~ = w / |w|;   dE/dw = (g - w~ (w~^T g)) / |w|,  g = dE/dw~
 * </pre>
 *
 * @param inner layer that receives the normalised slot
 */
public record NormalisedLayer(Layer inner) implements Layer {

    @Override
    public Iteration on(DMatrixRMaj slot, DMatrixRMaj input) {
        DMatrixRMaj unit = SparseNmf.normalised(slot);
        Iteration iteration = inner.on(unit, input);
        return state -> new Normalised(iteration.from(state), slot, unit);
    }

    private record Normalised(Step step, DMatrixRMaj slot, DMatrixRMaj unit) implements Step {

        @Override
        public DMatrixRMaj state() {
            return step.state();
        }

        @Override
        public Gradient back(DMatrixRMaj slope) {
            Gradient gradient = step.back(slope);
            DMatrixRMaj own = ofSlot(gradient.slot());
            return new Gradient(
                    gradient.state(), new Signed(own, ofSlot(gradient.slot().negated())));
        }

        /** Returns {@code (g+ + w~ (w~^T g-)) / |w|}, column by column; zero for a column of zeros. */
        private DMatrixRMaj ofSlot(Signed slope) {
            DMatrixRMaj result = SparseNmf.plusProjection(slope.plus(), unit, slope.minus());
            for (int atom = 0; atom < slot.numCols; atom++) {
                double norm = SparseNmf.columnNorm(slot, atom);
                for (int row = 0; row < slot.numRows; row++) {
                    result.set(row, atom, norm == 0 ? 0 : result.get(row, atom) / norm);
                }
            }
            return result;
        }
    }
}
