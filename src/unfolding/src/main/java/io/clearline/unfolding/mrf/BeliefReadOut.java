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
package io.clearline.unfolding.mrf;

import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.Signed;
import org.ejml.data.DMatrixRMaj;

/**
 * The read-out of a network of {@link MessageLayer}s. It turns messages into beliefs, the marginal probabilities of the
 * units: {@code q_j = sigma(b_j + (B x)_j + sum_i m_(i->j))}.
 *
 * <p>The state before it is m {@code [directed edges x columns]}; its output is q {@code [units x columns]}. The slot
 * is that of the graph; the couplings between units are not used and have a zero gradient.
 *
 * @param graph the field
 */
public record BeliefReadOut(MrfGraph graph) implements Layer {

    @Override
    public Iteration on(DMatrixRMaj slot, DMatrixRMaj input) {
        return messages -> {
            DMatrixRMaj field = Fields.ofInputs(graph, slot, input, messages.numCols);
            for (int e = 0; e < graph.edges().size(); e++) {
                Fields.addRow(field, graph.edges().get(e).to(), 1, messages, e);
            }
            return new Beliefs(graph, input, Matrices.map(field, Sigmoid::of));
        };
    }

    private record Beliefs(MrfGraph graph, DMatrixRMaj input, DMatrixRMaj state) implements Step {

        @Override
        public Gradient back(DMatrixRMaj slope) {
            DMatrixRMaj own = Matrices.map(slope, state, (g, q) -> g * q * (1 - q));
            Signed weights = Signed.zeros(graph.weights(), 1);
            Fields.backToInputs(graph, new Signed(own, new DMatrixRMaj(own.numRows, own.numCols)), input, weights);
            Signed messages = Signed.zeros(graph.edges().size(), own.numCols);
            for (int e = 0; e < graph.edges().size(); e++) {
                Fields.addRow(messages.plus(), e, 1, own, graph.edges().get(e).to());
            }
            return new Gradient(messages, weights);
        }
    }
}
