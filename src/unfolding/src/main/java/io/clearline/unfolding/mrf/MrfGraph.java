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

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Who is coupled with whom in a pairwise Markov random field over binary units.
 *
 * <pre>
 *   log p(h | x) = sum over i &lt; j of A_ij h_i h_j + sum_i (b_i + sum_n B_in x_n) h_i + const
 * </pre>
 *
 * The inputs x are clamped units, so their couplings act as biases. In a network each direction of a coupling has a
 * weight of its own: A_ji is what i sends to j. A slot is one column: a weight for each directed edge, one for each
 * coupling with an input, a bias for each receiver. Senders and receivers are the same units, but for {@link #layers}
 * of a sigmoid network. Immutable.
 */
public final class MrfGraph {
    private final int senders;
    private final int receivers;
    private final int inputs;
    private final List<Edge> edges;
    private final List<Edge> inputEdges;

    /** A directed edge: what a unit, or an input, sends to a unit. */
    public record Edge(int from, int to) {

        /** The other direction. */
        public Edge reversed() {
            return new Edge(to, from);
        }
    }

    private MrfGraph(int senders, int receivers, int inputs, List<Edge> edges, List<Edge> inputEdges) {
        this.senders = senders;
        this.receivers = receivers;
        this.inputs = inputs;
        this.edges = List.copyOf(edges);
        this.inputEdges = List.copyOf(inputEdges);
        edges.forEach(edge -> require(edge, senders));
        inputEdges.forEach(edge -> require(edge, inputs));
    }

    private void require(Edge edge, int sources) {
        if (edge.from < 0 || edge.from >= sources || edge.to < 0 || edge.to >= receivers) {
            throw new IllegalArgumentException(
                    edge + ": expected one from " + sources + " to one of " + receivers + " units");
        }
    }

    /**
     * A field of any couplings. The directed edges are the couplings as they are given, then in the same order their
     * reverses.
     *
     * @param couplings each once, in one direction
     * @param inputEdges from inputs to units
     */
    public static MrfGraph of(int units, List<Edge> couplings, int inputs, List<Edge> inputEdges) {
        List<Edge> both = new ArrayList<>(couplings);
        couplings.forEach(edge -> both.add(edge.reversed()));
        return new MrfGraph(units, units, inputs, both, inputEdges);
    }

    /** A grid: each unit is coupled with its neighbours above, below, left and right, and with an input of its own. */
    public static MrfGraph grid(int rows, int columns) {
        List<Edge> couplings = new ArrayList<>();
        List<Edge> own = new ArrayList<>();
        for (int unit = 0; unit < rows * columns; unit++) {
            own.add(new Edge(unit, unit));
            if ((unit + 1) % columns != 0) {
                couplings.add(new Edge(unit, unit + 1));
            }
            if (unit + columns < rows * columns) {
                couplings.add(new Edge(unit, unit + columns));
            }
        }
        return of(rows * columns, couplings, rows * columns, own);
    }

    /** Two layers of a sigmoid network: every unit below sends to every unit above. */
    public static MrfGraph layers(int below, int above) {
        List<Edge> edges = new ArrayList<>();
        for (int to = 0; to < above; to++) {
            for (int from = 0; from < below; from++) {
                edges.add(new Edge(from, to));
            }
        }
        return new MrfGraph(below, above, 0, edges, List.of());
    }

    /** Number of units whose state is sent. */
    public int senders() {
        return senders;
    }

    /** Number of units that receive. */
    public int receivers() {
        return receivers;
    }

    /** Number of inputs, the clamped units. */
    public int inputs() {
        return inputs;
    }

    /** The directed edges between units. */
    public List<Edge> edges() {
        return edges;
    }

    /** The edges from inputs. */
    public List<Edge> inputEdges() {
        return inputEdges;
    }

    /** Rows of a slot. */
    public int weights() {
        return edges.size() + inputEdges.size() + receivers;
    }

    /** Row of the slot that holds the coupling of an input's edge. */
    int inputWeight(int inputEdge) {
        return edges.size() + inputEdge;
    }

    /** Row of the slot that holds a unit's bias. */
    int bias(int unit) {
        return edges.size() + inputEdges.size() + unit;
    }

    /**
     * A slot from matrices; entries off the edges are left out.
     *
     * @param a {@code [receivers x senders]}
     * @param b {@code [receivers x inputs]}; null where no input has an edge
     * @param bias {@code [receivers]}
     */
    public DMatrixRMaj slot(DMatrixRMaj a, DMatrixRMaj b, double[] bias) {
        DMatrixRMaj slot = new DMatrixRMaj(weights(), 1);
        for (int e = 0; e < edges.size(); e++) {
            slot.data[e] = a.get(edges.get(e).to, edges.get(e).from);
        }
        for (int e = 0; e < inputEdges.size(); e++) {
            slot.data[inputWeight(e)] = b.get(inputEdges.get(e).to, inputEdges.get(e).from);
        }
        System.arraycopy(bias, 0, slot.data, bias(0), receivers);
        return slot;
    }

    /** A out of a slot, {@code [receivers x senders]}, zero off the edges. */
    public DMatrixRMaj couplings(DMatrixRMaj slot) {
        DMatrixRMaj a = new DMatrixRMaj(receivers, senders);
        for (int e = 0; e < edges.size(); e++) {
            a.set(edges.get(e).to, edges.get(e).from, slot.data[e]);
        }
        return a;
    }

    /** The biases out of a slot, {@code [receivers]}. */
    public double[] biases(DMatrixRMaj slot) {
        double[] biases = new double[receivers];
        System.arraycopy(slot.data, bias(0), biases, 0, receivers);
        return biases;
    }
}
