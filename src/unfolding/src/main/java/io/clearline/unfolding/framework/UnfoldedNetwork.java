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
 * Layers one after another: an inference of K iterations and its read-out, in double precision. The weights are given
 * to each run, one matrix a parameter; the {@link Tying} says which layers share one. Tied everywhere to the weights of
 * a model, the network is that model's inference, stopped after K iterations. Immutable.
 */
public record UnfoldedNetwork(List<Layer> layers, Tying tying) {

    public UnfoldedNetwork {
        layers = List.copyOf(layers);
        if (layers.size() != tying.layers()) {
            throw new IllegalArgumentException(
                    "expected a parameter for each of " + layers.size() + " layers, found " + tying.layers());
        }
    }

    /** So many equal layers and a read-out. */
    public static UnfoldedNetwork of(int iterations, Layer layer, Layer readOut, Tying tying) {
        List<Layer> layers = new ArrayList<>(Collections.nCopies(iterations, layer));
        layers.add(readOut);
        return new UnfoldedNetwork(layers, tying);
    }

    /**
     * Runs forward.
     *
     * @param parameters as many as the tying has
     * @param initial the state before the first layer
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

    private record Shared(Layer layer, int parameter) {}

    /** A network that has run forward. */
    public static final class Run {
        private final List<Layer.Step> steps;
        private final Tying tying;

        private Run(List<Layer.Step> steps, Tying tying) {
            this.steps = List.copyOf(steps);
            this.tying = tying;
        }

        /** By layer: the state after it. */
        public List<DMatrixRMaj> states() {
            return steps.stream().map(Layer.Step::state).toList();
        }

        /** The state after the last layer. */
        public DMatrixRMaj output() {
            return steps.get(steps.size() - 1).state();
        }

        /** The slopes by all weights, from the slope by the output. */
        public Slopes back(DMatrixRMaj slope) {
            return back(new Signed(slope, new DMatrixRMaj(slope.numRows, slope.numCols)), false);
        }

        /** The same in two parts, which multiplicative training needs. */
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
     * Slopes of an objective.
     *
     * @param slots by layer: those by its weights
     * @param initial those by the state before the first layer
     */
    public record Slopes(List<Signed> slots, Signed initial, Tying tying) {

        public Slopes {
            slots = List.copyOf(slots);
        }

        /** By parameter: the slopes of the slots that share it add up. */
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
