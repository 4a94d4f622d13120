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

/** A network with everything it needs to run: what the tests of all unfoldings share. */
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

    /** After a multiplicative step of some parameters. */
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
     * The largest difference between a slope and the central difference, against 1 + its size; all weights and the
     * initial state.
     */
    public double greatestSlopeError() {
        UnfoldedNetwork.Slopes slopes = plainSlopes();
        double greatest = 0;
        for (int i = 0; i < parameters.size(); i++) {
            greatest = Math.max(
                    greatest,
                    greatestError(parameters.get(i), slopes.parameters().get(i).difference()));
        }
        return Math.max(greatest, greatestError(initial, slopes.initial().difference()));
    }

    private double greatestError(DMatrixRMaj at, DMatrixRMaj slope) {
        double greatest = 0;
        for (int i = 0; i < at.getNumElements(); i++) {
            double value = at.data[i];
            at.data[i] = value + STEP;
            double ahead = loss();
            at.data[i] = value - STEP;
            double behind = loss();
            at.data[i] = value;
            double difference = (ahead - behind) / (2 * STEP);
            greatest = Math.max(greatest, Math.abs(difference - slope.data[i]) / (1 + Math.abs(slope.data[i])));
        }
        return greatest;
    }
}
