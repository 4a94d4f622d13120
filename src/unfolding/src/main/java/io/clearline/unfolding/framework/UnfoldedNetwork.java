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

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * A sequence of layers in double precision: K iterations of an inference algorithm and a read-out. The weights are
 * arguments of each run, one matrix per parameter; the {@link Tying} defines which layers share a parameter. If all
 * layers are tied to the weights of a model, the network is the inference algorithm of that model, stopped after K
 * iterations. Immutable.
 *
 * @param layers from the first iteration to the read-out
 * @param tying of all layers
 */
public record UnfoldedNetwork(List<Layer> layers, Tying tying) {

    public UnfoldedNetwork {
        layers = List.copyOf(layers);
        if (layers.size() != tying.layers()) {
            throw new IllegalArgumentException(
                    "expected a parameter for each of " + layers.size() + " layers, found " + tying.layers());
        }
    }

    /**
     * Returns a network of identical layers and a read-out.
     *
     * @param iterations K, the number of identical layers
     * @param tying over K + 1 layers
     */
    public static UnfoldedNetwork of(int iterations, Layer layer, Layer readOut, Tying tying) {
        List<Layer> layers = new ArrayList<>(Collections.nCopies(iterations, layer));
        layers.add(readOut);
        return new UnfoldedNetwork(layers, tying);
    }

    /**
     * Runs the forward pass.
     *
     * @param parameters one matrix for each parameter of the tying
     * @param initial state before the first layer
     * @throws IllegalArgumentException if the number of parameters differs from that of the tying
     */
    public Run run(List<DMatrixRMaj> parameters, DMatrixRMaj input, DMatrixRMaj initial) {
        if (parameters.size() != tying.parameters()) {
            throw new IllegalArgumentException(
                    "expected " + tying.parameters() + " parameters, found " + parameters.size());
        }
        Map<Shared, Layer.Iteration> iterations = new HashMap<>();
        List<Layer.Step> steps = new ArrayList<>();
        DMatrixRMaj state = initial;
        for (int k = 0; k < layers.size(); k++) {
            Shared shared = new Shared(layers.get(k), tying.parameterOf().get(k));
            Layer.Iteration iteration =
                    iterations.computeIfAbsent(shared, key -> key.layer.on(parameters.get(key.parameter), input));
            Layer.Step step = iteration.from(state);
            steps.add(step);
            state = step.state();
        }
        return new Run(steps, tying);
    }

    /** Key of the iterations that several layers share. */
    private record Shared(Layer layer, int parameter) {}

    /** A completed forward pass. Immutable. */
    public static final class Run {
        private final List<Layer.Step> steps;
        private final Tying tying;

        private Run(List<Layer.Step> steps, Tying tying) {
            this.steps = List.copyOf(steps);
            this.tying = tying;
        }

        /** Returns the state after each layer. */
        public List<DMatrixRMaj> states() {
            return steps.stream().map(Layer.Step::state).toList();
        }

        /** Returns the state after the last layer. */
        public DMatrixRMaj output() {
            return steps.get(steps.size() - 1).state();
        }

        /** Back-propagates the derivative with respect to the output. */
        public Slopes back(DMatrixRMaj slope) {
            return back(new Signed(slope, new DMatrixRMaj(slope.numRows, slope.numCols)), false);
        }

        /** Back-propagates a derivative in two parts, as multiplicative training needs it. */
        public Slopes back(Signed slope) {
            return back(slope, true);
        }

        private Slopes back(Signed output, boolean split) {
            Signed slope = output;
            List<Signed> slots = new ArrayList<>();
            for (int k = steps.size() - 1; k >= 0; k--) {
                Layer.Step step = steps.get(k);
                Layer.Gradient gradient = split ? step.back(slope) : step.back(slope.difference());
                slots.add(gradient.slot());
                slope = gradient.state();
            }
            Collections.reverse(slots);
            return new Slopes(slots, slope, tying);
        }
    }

    /**
     * The gradient of an objective.
     *
     * @param slots with respect to the weights of each layer
     * @param initial with respect to the state before the first layer
     */
    public record Slopes(List<Signed> slots, Signed initial, Tying tying) {

        public Slopes {
            slots = List.copyOf(slots);
        }

        /** Returns the gradient of each parameter: the sum over the layers that share it. */
        public List<Signed> parameters() {
            List<Signed> sums = new ArrayList<>(Collections.nCopies(tying.parameters(), null));
            for (int k = 0; k < slots.size(); k++) {
                int parameter = tying.parameterOf().get(k);
                Signed sum = sums.get(parameter);
                sums.set(parameter, sum == null ? slots.get(k) : sum.and(slots.get(k)));
            }
            return List.copyOf(sums);
        }
    }
}
