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
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One parallel mean-field update of all means: {@code mu' = sigma(A mu + B x + b)}. Over {@link MrfGraph#layers} it is
 * a layer of a conventional sigmoid network; the DNN baseline consists of such layers.
 *
 * <p>The slot is that of the graph; the state is mu {@code [units x columns]}. A mean-field network needs no separate
 * read-out: its output is the state after the last layer.
 *
 * @param graph the field
 * @param unit states of a unit; for {@link Unit#SPIN} sigma is tanh
 */
public record MeanFieldLayer(MrfGraph graph, Unit unit) implements Layer {

    /**
     * Returns the layers of a feed-forward network.
     *
     * @param units number of units of each layer, from the input to the output
     * @param hidden kind of the hidden units
     * @param output kind of the output units
     */
    public static List<Layer> feedForward(List<Integer> units, Unit hidden, Unit output) {
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k + 1 < units.size(); k++) {
            layers.add(new MeanFieldLayer(
                    MrfGraph.layers(units.get(k), units.get(k + 1)), k + 2 < units.size() ? hidden : output));
        }
        return layers;
    }

    @Override
    public Iteration on(DMatrixRMaj slot, DMatrixRMaj input) {
        return state -> new Update(slot, input, state);
    }

    private final class Update implements Step {
        private final DMatrixRMaj slot;
        private final DMatrixRMaj input;
        private final DMatrixRMaj before;
        private final DMatrixRMaj after;

        private Update(DMatrixRMaj slot, DMatrixRMaj input, DMatrixRMaj before) {
            this.slot = slot;
            this.input = input;
            this.before = before;
            DMatrixRMaj field = Fields.ofInputs(graph, slot, input, before.numCols);
            for (int e = 0; e < graph.edges().size(); e++) {
                MrfGraph.Edge edge = graph.edges().get(e);
                Fields.addRow(field, edge.to(), slot.data[e], before, edge.from());
            }
            after = Matrices.map(field, unit::mean);
        }

        @Override
        public DMatrixRMaj state() {
            return after;
        }

        @Override
        public Gradient back(DMatrixRMaj slope) {
            DMatrixRMaj own = Matrices.map(slope, after, (g, mean) -> g * unit.slope(mean));
            Signed field = new Signed(own, new DMatrixRMaj(own.numRows, own.numCols));
            Signed weights = Signed.zeros(slot.numRows, 1);
            Signed state = Signed.zeros(before.numRows, before.numCols);
            Fields.backToInputs(graph, field, input, weights);
            for (int e = 0; e < graph.edges().size(); e++) {
                MrfGraph.Edge edge = graph.edges().get(e);
                Fields.addProducts(weights, e, field, edge.to(), before, edge.from());
                DMatrixRMaj part = slot.data[e] < 0 ? state.minus() : state.plus();
                Fields.addRow(part, edge.from(), Math.abs(slot.data[e]), own, edge.to());
            }
            return new Gradient(state, weights);
        }
    }
}
