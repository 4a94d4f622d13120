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

import io.clearline.unfolding.framework.Signed;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Operations that the layers over an {@link MrfGraph} share: the contribution of biases and inputs, {@code b + B x},
 * its backward pass, and sums of rows. Stateless.
 */
final class Fields {

    private Fields() {}

    /** Returns {@code b + B x}, {@code [receivers x columns]}. */
    static DMatrixRMaj ofInputs(MrfGraph graph, DMatrixRMaj slot, DMatrixRMaj input, int columns) {
        DMatrixRMaj field = new DMatrixRMaj(graph.receivers(), columns);
        for (int unit = 0; unit < graph.receivers(); unit++) {
            Arrays.fill(field.data, unit * columns, (unit + 1) * columns, slot.data[graph.bias(unit)]);
        }
        for (int e = 0; e < graph.inputEdges().size(); e++) {
            MrfGraph.Edge edge = graph.inputEdges().get(e);
            addRow(field, edge.to(), slot.data[graph.inputWeight(e)], input, edge.from());
        }
        return field;
    }

    /**
     * Back-propagates through {@code b + B x}: adds the derivatives with respect to the biases and to the couplings of
     * the inputs to the gradient of the slot.
     *
     * @param field derivative with respect to {@code b + B x}
     * @param slot gradient of the slot, modified in place
     */
    static void backToInputs(MrfGraph graph, Signed field, DMatrixRMaj input, Signed slot) {
        int columns = field.plus().numCols;
        for (int unit = 0; unit < graph.receivers(); unit++) {
            int row = graph.bias(unit);
            for (int n = unit * columns; n < (unit + 1) * columns; n++) {
                slot.plus().data[row] += field.plus().data[n];
                slot.minus().data[row] += field.minus().data[n];
            }
        }
        for (int e = 0; e < graph.inputEdges().size(); e++) {
            MrfGraph.Edge edge = graph.inputEdges().get(e);
            addProducts(slot, graph.inputWeight(e), field, edge.to(), input, edge.from());
        }
    }

    /**
     * Adds {@code sum over columns of slope * value} to one row of the gradient of a slot. Negative values exchange the
     * two parts, so that both stay non-negative.
     */
    static void addProducts(Signed slot, int row, Signed slope, int slopeRow, DMatrixRMaj values, int valueRow) {
        int columns = values.numCols;
        double plus = 0;
        double minus = 0;
        for (int n = 0; n < columns; n++) {
            double value = values.data[valueRow * columns + n];
            double own = slope.plus().data[slopeRow * columns + n] * Math.abs(value);
            double other = slope.minus().data[slopeRow * columns + n] * Math.abs(value);
            plus += value < 0 ? other : own;
            minus += value < 0 ? own : other;
        }
        slot.plus().data[row] += plus;
        slot.minus().data[row] += minus;
    }

    /** Adds {@code factor * from[fromRow]} to {@code to[toRow]}. */
    static void addRow(DMatrixRMaj to, int toRow, double factor, DMatrixRMaj from, int fromRow) {
        int columns = to.numCols;
        int target = toRow * columns;
        int source = fromRow * columns;
        for (int n = 0; n < columns; n++) {
            to.data[target + n] += factor * from.data[source + n];
        }
    }
}
