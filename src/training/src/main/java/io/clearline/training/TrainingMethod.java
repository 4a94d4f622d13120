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
 * How a Gram network is trained, beyond the size of the steps.
 *
 * @param averaging how much of the running average of the weights each step keeps; the average is what is scored and
 *     published; 0: the weights themselves
 * @param decline which part of the steps, the last, the step size declines in; before that it stays, so that a run may
 *     be made longer or shorter until then
 * @param reuse steps that see each mixture, with other ones beside it
 * @param epsilon what Adam adds to the root of a weight's mean squared slope, where the slopes of all weights together
 *     have norm 1 at most: weights with slopes well below it hardly move, instead of walking at random at full step
 *     size; 0: 1e-8, Adam's own
 * @param loss null: {@link LossTerms#SNR_ONLY}
 */
public record TrainingMethod(double averaging, double decline, int reuse, double epsilon, LossTerms loss) {
    /** A step size that declines all the way, no average, every mixture seen once. */
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

    /** Steps of a run before the step size declines. */
    public int steadySteps(int steps) {
        return (int) ((1 - decline) * steps);
    }
}
