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
 * One iteration of an inference made a layer, {@code phi' = f_theta(x, phi)}, and the way back through it. The read-out
 * {@code y = g_theta(x, phi)} is a layer too, the last one: its state is the network's output.
 *
 * <p>Shapes: the input x {@code [input rows x columns]}, a state {@code [units x columns]}; a column is an example. The
 * slot holds the weights theta, in the shape that the layer documents. Layers are immutable; no matrix that they are
 * given or give may be changed.
 */
@FunctionalInterface
public interface Layer {

    /**
     * The iteration of one slot on one input. What depends on these two alone is computed here: once for all layers
     * that share the slot.
     */
    Iteration on(DMatrixRMaj slot, DMatrixRMaj input);

    /** A layer that knows its slot and its input. */
    @FunctionalInterface
    interface Iteration {

        /** Runs forward from a state. */
        Step from(DMatrixRMaj state);
    }

    /** An iteration that has run, with what the way back needs. */
    interface Step {

        /** The state after. */
        DMatrixRMaj state();

        /**
         * Takes the slope G of the objective by the state after to its slopes by the state before and by the slot. This
         * map is linear; the terms of G's own sign go to plus, those of the other sign to minus, so that the difference
         * is the plain gradient.
         */
        Gradient back(DMatrixRMaj slope);

        /** The same for a slope in two parts: for non-negative weights and states both parts stay non-negative. */
        default Gradient back(Signed slope) {
            return back(slope.plus()).and(back(slope.minus()).negated());
        }
    }

    /**
     * Slopes of the objective.
     *
     * @param state by the state before
     * @param slot by the weights, in their shape
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
