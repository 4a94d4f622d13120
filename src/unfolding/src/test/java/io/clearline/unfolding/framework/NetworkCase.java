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
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** A network with its parameters, input, initial state and objective, for the tests of all unfoldings. */
public record NetworkCase(
        UnfoldedNetwork network,
        List<DMatrixRMaj> parameters,
        DMatrixRMaj input,
        DMatrixRMaj initial,
        Objective objective) {
    private static final double STEP = 1e-5;

    public UnfoldedNetwork.Run run() {
        return network.run(parameters, input, initial);
    }

    public double loss() {
        return objective.value(run().output());
    }

    public UnfoldedNetwork.Slopes plainSlopes() {
        UnfoldedNetwork.Run run = run();
        return run.back(objective.slope(run.output()).difference());
    }

    public UnfoldedNetwork.Slopes splitSlopes() {
        UnfoldedNetwork.Run run = run();
        return run.back(objective.slope(run.output()));
    }

    public NetworkCase with(List<DMatrixRMaj> otherParameters) {
        return new NetworkCase(network, otherParameters, input, initial, objective);
    }

    /** Returns the case after a multiplicative step of the given parameters. */
    public NetworkCase stepped(int[] trained, double exponent) {
        List<Signed> slopes = splitSlopes().parameters();
        List<DMatrixRMaj> next = new ArrayList<>(parameters);
        for (int parameter : trained) {
            next.set(
                    parameter,
                    new MultiplicativeStep(exponent).apply(parameters.get(parameter), slopes.get(parameter)));
        }
        return with(next);
    }

    /**
     * Returns the largest error of the gradient against central differences, relative to 1 + |gradient|, over all
     * weights and the initial state.
     */
    public double maxGradientError() {
        UnfoldedNetwork.Slopes slopes = plainSlopes();
        double largest = 0;
        for (int i = 0; i < parameters.size(); i++) {
            largest = Math.max(
                    largest,
                    maxError(parameters.get(i), slopes.parameters().get(i).difference()));
        }
        return Math.max(largest, maxError(initial, slopes.initial().difference()));
    }

    private double maxError(DMatrixRMaj at, DMatrixRMaj slope) {
        double largest = 0;
        for (int i = 0; i < at.getNumElements(); i++) {
            double value = at.data[i];
            at.data[i] = value + STEP;
            double ahead = loss();
            at.data[i] = value - STEP;
            double behind = loss();
            at.data[i] = value;
            double difference = (ahead - behind) / (2 * STEP);
            largest = Math.max(largest, Math.abs(difference - slope.data[i]) / (1 + Math.abs(slope.data[i])));
        }
        return largest;
    }
}
