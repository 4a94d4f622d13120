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
package io.clearline.unfolding.framework;

import org.ejml.data.DMatrixRMaj;

/**
 * One iteration of an inference algorithm as a network layer, {@code phi' = f_theta(x, phi)}, with its backward pass.
 * The read-out {@code y = g_theta(x, phi)} is the last layer; its state is the output of the network.
 *
 * <p>Shapes: the input x is {@code [input rows x columns]} and a state phi is {@code [units x columns]}; each column is
 * one example. The slot is the matrix of the weights theta, in the shape that the implementation documents.
 *
 * <p>Implementations are immutable. They never modify the matrices that they receive, and callers must not modify the
 * matrices that they return.
 */
@FunctionalInterface
public interface Layer {

    /**
     * Binds the layer to one slot and one input. Quantities that depend only on these two are computed here, once for
     * all equal layers that share the slot.
     */
    Iteration on(DMatrixRMaj slot, DMatrixRMaj input);

    /** A layer bound to its slot and its input. */
    @FunctionalInterface
    interface Iteration {

        /** Runs the forward pass from a state. */
        Step from(DMatrixRMaj state);
    }

    /** A completed forward pass, with the intermediate results that the backward pass needs. */
    interface Step {

        /** Returns the state after the iteration. */
        DMatrixRMaj state();

        /**
         * Back-propagates G, the derivative of the objective with respect to the state after the iteration, to the
         * state before it and to the slot. The map is linear in G. Terms that keep the sign of G go to the plus part,
         * terms with the opposite sign to the minus part; the difference of the parts is the plain gradient.
         */
        Gradient back(DMatrixRMaj slope);

        /**
         * Back-propagates a derivative that is split into two non-negative parts. If weights and states are
         * non-negative, the parts of the result are non-negative too.
         */
        default Gradient back(Signed slope) {
            return back(slope.plus()).and(back(slope.minus()).negated());
        }
    }

    /**
     * Gradient of the objective.
     *
     * @param state with respect to the state before the iteration
     * @param slot with respect to the weights, in their shape
     */
    record Gradient(Signed state, Signed slot) {

        private Gradient and(Gradient other) {
            return new Gradient(state.and(other.state), slot.and(other.slot));
        }

        private Gradient negated() {
            return new Gradient(state.negated(), slot.negated());
        }
    }
}
