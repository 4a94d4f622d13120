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
package io.clearline.inference.kernel;

import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.Source;
import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.nmf.DeepNmf;
import io.clearline.unfolding.nmf.SparseNmf;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Computes a float network in double precision, as the reference for the kernels. Stateless. */
final class DoublePrecision {
    private DoublePrecision() {}

    /**
     * Computes the speech mask of a deep NMF network.
     *
     * @param input magnitudes {@code [rows x columns]}
     * @param initial activations {@code [atoms x columns]}
     * @return {@code [bins x columns]}
     */
    static DMatrixRMaj speechMask(DeepNmfParameters network, DMatrixRMaj input, DMatrixRMaj initial) {
        List<DMatrixRMaj> slots =
                network.slots().stream().map(DoublePrecision::matrix).toList();
        int iterations = network.iterations();
        List<Integer> sourceAtoms =
                network.sources().stream().map(Source::atoms).toList();
        List<DMatrixRMaj> states = new DeepNmf(sourceAtoms, network.beta(), network.sparsity())
                .unfold(iterations, Tying.untied(iterations + 1))
                .run(slots, input, initial)
                .states();
        DMatrixRMaj h = states.get(iterations - 1);
        DMatrixRMaj readOut = slots.get(iterations);
        int speech = sourceAtoms.get(0);
        DMatrixRMaj own = Matrices.product(Matrices.columns(readOut, 0, speech), Matrices.rows(h, 0, speech));
        return Matrices.map(own, SparseNmf.reconstruction(readOut, h), (part, all) -> part / all);
    }

    private static DMatrixRMaj matrix(Dictionary dictionary) {
        DMatrixRMaj matrix = new DMatrixRMaj(dictionary.rows(), dictionary.atoms());
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = dictionary.weights()[i];
        }
        return matrix;
    }
}
