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
 * The graph of a pairwise Markov random field over binary units, and the layout of its weights in a slot.
 *
 * <pre>
 *   log p(h | x) = sum over i &lt; j of A_ij h_i h_j + sum_i (b_i + sum_n B_in x_n) h_i + const
 * </pre>
 *
 * The inputs x are clamped units, so their couplings act as biases. In an unfolded network each direction of a coupling
 * has its own weight: A_ji weights what i sends to j. A slot is a column vector: first a weight for each directed edge,
 * then one for each coupling with an input, then a bias for each receiver. Senders and receivers are the same units,
 * except in the {@link #layers} of a sigmoid network. Immutable.
 */
public final class MrfGraph {
    private final int senders;
    private final int receivers;
    private final int inputs;
    private final List<Edge> edges;
    private final List<Edge> inputEdges;

    /**
     * A directed edge between units, or from an input to a unit.
     *
     * @param from index of the sending unit or input
     * @param to index of the receiving unit
     */
    public record Edge(int from, int to) {

        /** Returns the edge in the opposite direction. */
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
                    edge + ": expected an edge from one of " + sources + " to one of " + receivers + " units");
        }
    }

    /**
     * Returns a field with the given couplings. Its directed edges are the couplings as given, followed by their
     * reverses in the same order.
     *
     * @param couplings each once, in either direction
     * @param inputEdges from inputs to units
     * @throws IllegalArgumentException if an edge refers to a unit or an input that does not exist
     */
    public static MrfGraph of(int units, List<Edge> couplings, int inputs, List<Edge> inputEdges) {
        List<Edge> both = new ArrayList<>(couplings);
        couplings.forEach(edge -> both.add(edge.reversed()));
        return new MrfGraph(units, units, inputs, both, inputEdges);
    }

    /** Returns a grid in which each unit is coupled with its (up to four) neighbours and with one input of its own. */
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

    /** Returns two fully connected layers of a sigmoid network: every unit below sends to every unit above. */
    public static MrfGraph layers(int below, int above) {
        List<Edge> edges = new ArrayList<>();
        for (int to = 0; to < above; to++) {
            for (int from = 0; from < below; from++) {
                edges.add(new Edge(from, to));
            }
        }
        return new MrfGraph(below, above, 0, edges, List.of());
    }

    /** Returns the number of units that send. */
    public int senders() {
        return senders;
    }

    /** Returns the number of units that receive. */
    public int receivers() {
        return receivers;
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return inputs;
    }

    /** Returns the directed edges between units, in the order of their weights. */
    public List<Edge> edges() {
        return edges;
    }

    /** Returns the edges from inputs, in the order of their weights. */
    public List<Edge> inputEdges() {
        return inputEdges;
    }

    /** Returns the number of weights of a slot. */
    public int weights() {
        return edges.size() + inputEdges.size() + receivers;
    }

    /** Returns the row of the slot that holds the weight of an edge from an input. */
    int inputWeight(int inputEdge) {
        return edges.size() + inputEdge;
    }

    /** Returns the row of the slot that holds the bias of a unit. */
    int bias(int unit) {
        return edges.size() + inputEdges.size() + unit;
    }

    /**
     * Builds a slot from matrices. Entries that belong to no edge are ignored.
     *
     * @param a {@code [receivers x senders]}
     * @param b {@code [receivers x inputs]}; may be null if there are no edges from inputs
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

    /** Returns the matrix A of a slot, {@code [receivers x senders]}, with zeros where there is no edge. */
    public DMatrixRMaj couplings(DMatrixRMaj slot) {
        DMatrixRMaj a = new DMatrixRMaj(receivers, senders);
        for (int e = 0; e < edges.size(); e++) {
            a.set(edges.get(e).to, edges.get(e).from, slot.data[e]);
        }
        return a;
    }

    /** Returns the biases of a slot, {@code [receivers]}. */
    public double[] biases(DMatrixRMaj slot) {
        double[] biases = new double[receivers];
        System.arraycopy(slot.data, bias(0), biases, 0, receivers);
        return biases;
    }
}
