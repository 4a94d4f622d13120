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
package io.clearline.lab.mrf;

import io.clearline.training.Adam;
import io.clearline.unfolding.framework.Objective;
import io.clearline.unfolding.framework.Signed;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Trains the parameters of an unfolded network by Adam. Thread-confined. */
final class UnfoldedTraining {
    private final UnfoldedNetwork network;
    private final List<DMatrixRMaj> parameters;
    private final float[] weights;
    private final float[] gradient;
    private final Adam adam;
    private int step;

    /**
     * Starts a training.
     *
     * @param start initial parameters, which are copied
     * @param stepSize largest step size of Adam
     * @param steps number of steps of the whole training
     */
    UnfoldedTraining(UnfoldedNetwork network, List<DMatrixRMaj> start, double stepSize, int steps) {
        this.network = network;
        parameters = new ArrayList<>();
        start.forEach(parameter -> parameters.add(parameter.copy()));
        int size = start.stream().mapToInt(DMatrixRMaj::getNumElements).sum();
        weights = new float[size];
        gradient = new float[size];
        adam = new Adam(size, stepSize, steps);
        int at = 0;
        for (DMatrixRMaj parameter : parameters) {
            for (int i = 0; i < parameter.getNumElements(); i++) {
                weights[at++] = (float) parameter.data[i];
            }
        }
    }

    /**
     * Performs one step on the gradient of the objective, divided by the number of columns.
     *
     * @param input {@code [units x columns]}
     * @param initial initial state of the network
     * @return the objective before the step, summed over the columns
     */
    double step(DMatrixRMaj input, DMatrixRMaj initial, Objective objective) {
        UnfoldedNetwork.Run run = network.run(parameters, input, initial);
        List<Signed> slopes =
                run.back(objective.slope(run.output()).difference()).parameters();
        int at = 0;
        for (Signed slope : slopes) {
            for (int i = 0; i < slope.plus().getNumElements(); i++) {
                gradient[at++] = (float) ((slope.plus().data[i] - slope.minus().data[i]) / input.numCols);
            }
        }
        adam.update(weights, gradient, step++);
        at = 0;
        for (DMatrixRMaj parameter : parameters) {
            for (int i = 0; i < parameter.getNumElements(); i++) {
                parameter.data[i] = weights[at++];
            }
        }
        return objective.value(run.output());
    }

    /** Returns the current parameters, which the next step overwrites. */
    List<DMatrixRMaj> parameters() {
        return parameters;
    }
}
