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
import io.clearline.unfolding.framework.Signed;
import java.util.HashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * One parallel update of all messages of the alpha family, which ranges from mean field (alpha = 0) to belief
 * propagation (alpha = 1).
 *
 * <pre>
 *   m'_(i->j) = [sp(alpha A_ji + s) - sp(s)] / alpha,  s = theta_i - alpha m_(j->i),  theta_i = b_i + (B x)_i + sum_n m_(n->i)
 *   alpha = 0:  m'_(i->j) = A_ji sigma(theta_i);       sp(z) = log(1 + e^z)
 * </pre>
 *
 * Messages are log-odds. Belief propagation is exact on trees, once the number of updates has reached the diameter of
 * the tree. The slot is that of the graph; the state is m {@code [directed edges x columns]}, initially zero.
 * {@link BeliefReadOut} turns the messages into probabilities.
 */
public final class MessageLayer implements Layer {
    private final MrfGraph graph;
    private final double alpha;
    /** Index of the reverse of each directed edge. */
    private final int[] reverse;

    /**
     * Creates a layer.
     *
     * @param alpha 0 (mean field) to 1 (belief propagation)
     * @throws IllegalArgumentException if alpha is out of range, or if an edge of the graph has no reverse
     */
    public MessageLayer(MrfGraph graph, double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "alpha: expected 0 (mean field) to 1 (belief propagation), found " + alpha);
        }
        this.graph = graph;
        this.alpha = alpha;
        Map<MrfGraph.Edge, Integer> numbers = new HashMap<>();
        for (int e = 0; e < graph.edges().size(); e++) {
            numbers.put(graph.edges().get(e), e);
        }
        reverse = new int[graph.edges().size()];
        for (int e = 0; e < reverse.length; e++) {
            Integer back = numbers.get(graph.edges().get(e).reversed());
            if (back == null) {
                throw new IllegalArgumentException("messages: expected edges in both directions, found "
                        + graph.edges().get(e) + " without its reverse");
            }
            reverse[e] = back;
        }
    }

    @Override
    public Iteration on(DMatrixRMaj slot, DMatrixRMaj input) {
        return messages -> new Update(slot, input, messages);
    }

    private final class Update implements Step {
        private final DMatrixRMaj slot;
        private final DMatrixRMaj input;
        private final int columns;
        private final DMatrixRMaj after;
        /** dm'/dA, {@code [directed edges x columns]}. */
        private final DMatrixRMaj byWeight;
        /** dm'/ds, {@code [directed edges x columns]}; has the sign of A. */
        private final DMatrixRMaj byField;

        private Update(DMatrixRMaj slot, DMatrixRMaj input, DMatrixRMaj before) {
            this.slot = slot;
            this.input = input;
            columns = before.numCols;
            after = new DMatrixRMaj(before.numRows, columns);
            byWeight = new DMatrixRMaj(before.numRows, columns);
            byField = new DMatrixRMaj(before.numRows, columns);
            DMatrixRMaj theta = Fields.ofInputs(graph, slot, input, columns);
            for (int e = 0; e < reverse.length; e++) {
                Fields.addRow(theta, graph.edges().get(e).to(), 1, before, e);
            }
            for (int e = 0; e < reverse.length; e++) {
                int unit = graph.edges().get(e).from() * columns;
                for (int n = 0; n < columns; n++) {
                    double back = before.data[reverse[e] * columns + n];
                    send(e * columns + n, slot.data[e], theta.data[unit + n] - alpha * back);
                }
            }
        }

        /** Computes one message and its derivatives. */
        private void send(int at, double weight, double s) {
            double power = Sigmoid.power(s);
            double without = Sigmoid.of(s, power);
            if (alpha == 0) {
                after.data[at] = weight * without;
                byWeight.data[at] = without;
                byField.data[at] = weight * without * (1 - without);
                return;
            }
            double raised = alpha * weight + s;
            double raisedPower = Sigmoid.power(raised);
            double with = Sigmoid.of(raised, raisedPower);
            after.data[at] = (Sigmoid.integral(raised, raisedPower) - Sigmoid.integral(s, power)) / alpha;
            byWeight.data[at] = with;
            byField.data[at] = (with - without) / alpha;
        }

        @Override
        public DMatrixRMaj state() {
            return after;
        }

        @Override
        public Gradient back(DMatrixRMaj slope) {
            Signed weights = Signed.zeros(slot.numRows, 1);
            Signed bySum = Signed.zeros(reverse.length, columns);
            Signed theta = Signed.zeros(graph.receivers(), columns);
            for (int e = 0; e < reverse.length; e++) {
                DMatrixRMaj part = slot.data[e] < 0 ? bySum.minus() : bySum.plus();
                for (int n = e * columns; n < (e + 1) * columns; n++) {
                    weights.plus().data[e] += slope.data[n] * byWeight.data[n];
                    part.data[n] = slope.data[n] * Math.abs(byField.data[n]);
                }
                int unit = graph.edges().get(e).from();
                Fields.addRow(slot.data[e] < 0 ? theta.minus() : theta.plus(), unit, 1, part, e);
            }
            Fields.backToInputs(graph, theta, input, weights);
            return new Gradient(
                    new Signed(
                            throughMessages(theta.plus(), bySum.plus()), throughMessages(theta.minus(), bySum.minus())),
                    weights);
        }

        /**
         * Back-propagates to the messages before the update. A message contributes fully to everything that its
         * receiver sends, but with the factor 1 - alpha to the message in the opposite direction.
         */
        private DMatrixRMaj throughMessages(DMatrixRMaj theta, DMatrixRMaj bySum) {
            DMatrixRMaj state = new DMatrixRMaj(reverse.length, columns);
            for (int e = 0; e < reverse.length; e++) {
                Fields.addRow(state, e, 1, theta, graph.edges().get(e).to());
                Fields.addRow(state, e, -alpha, bySum, reverse[e]);
            }
            return state;
        }
    }
}
