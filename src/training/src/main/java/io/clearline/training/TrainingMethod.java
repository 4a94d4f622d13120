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
package io.clearline.training;

/**
 * Hyperparameters of the training of Gram and local networks, beyond the step size. Immutable.
 *
 * <p>The component names are part of the recipe format and of checkpoints.
 *
 * @param averaging decay of the exponential moving average of the weights; the averaged weights are evaluated and
 *     published; 0: no averaging
 * @param decline fraction of the steps, at the end of the run, in which the step size declines. Before that the step
 *     size is constant, so that the number of steps can still be changed
 * @param reuse number of steps that use each mixture, each time together with other mixtures
 * @param epsilon epsilon of Adam. The norm of the whole gradient is at most 1, so that weights with a gradient well
 *     below epsilon hardly move, instead of performing a random walk at full step size; 0: 1e-8, the usual value
 * @param loss terms of the loss; default: {@link LossTerms#SNR_ONLY}
 */
public record TrainingMethod(double averaging, double decline, int reuse, double epsilon, LossTerms loss) {
    /** The step size declines from the first step on, no averaging, every mixture is used once. */
    public static final TrainingMethod PLAIN = new TrainingMethod(0, 1, 1, 0, LossTerms.SNR_ONLY);

    public TrainingMethod {
        loss = loss == null ? LossTerms.SNR_ONLY : loss;
        epsilon = epsilon == 0 ? Adam.EPSILON : epsilon;
        if (!(averaging >= 0 && averaging < 1) || !(decline > 0 && decline <= 1) || reuse < 1 || !(epsilon > 0)) {
            throw new IllegalArgumentException("Training method: expected averaging in [0, 1), decline in (0, 1],"
                    + " reuse of at least 1 and epsilon above 0, found " + averaging + ", " + decline + ", " + reuse
                    + " and " + epsilon + ".");
        }
    }

    /** Returns the number of steps before the step size declines, for a run of {@code steps} steps. */
    public int steadySteps(int steps) {
        return (int) ((1 - decline) * steps);
    }
}
