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
package io.clearline.lab.paper;

import io.clearline.training.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Training with early stopping. The development loss is evaluated before the first step and then at regular intervals.
 * Training ends after the given number of steps, or when the loss has not fallen for a number of evaluations. The
 * weights with the lowest development loss are kept. Not thread-safe.
 *
 * @param <W> type of the weights
 */
final class BestWeights<W> {
    private W weights;
    private double loss = Double.POSITIVE_INFINITY;
    private int step;
    private int steps;
    private final List<Double> losses = new ArrayList<>();

    /**
     * Trains.
     *
     * @param plan interval of the evaluations, and number of evaluations without an improvement after which training
     *     ends
     * @param task name of the task for the progress display
     * @param steps maximum number of steps
     * @param oneStep performs one step and returns the number of steps performed so far
     * @param developmentLoss evaluates the current weights
     * @param copy copies the current weights
     */
    static <W> BestWeights<W> train(
            PaperPlan plan,
            String task,
            int steps,
            IntSupplier oneStep,
            DoubleSupplier developmentLoss,
            Supplier<W> copy,
            Progress progress) {
        BestWeights<W> best = new BestWeights<>();
        best.evaluate(0, developmentLoss, copy);
        int evaluationsWithoutGain = 0;
        progress.begin(task, steps);
        while (best.steps < steps && evaluationsWithoutGain < plan.patience()) {
            best.steps = oneStep.getAsInt();
            if (best.steps % plan.stepsPerLook() == 0 || best.steps == steps) {
                evaluationsWithoutGain =
                        best.evaluate(best.steps, developmentLoss, copy) ? 0 : evaluationsWithoutGain + 1;
            }
            progress.step(String.format("development loss %.4f (step %d)", best.loss, best.step));
        }
        progress.end();
        return best;
    }

    /** Returns weights that were neither trained nor evaluated; their loss is NaN. */
    static <W> BestWeights<W> untrained(W weights) {
        BestWeights<W> best = new BestWeights<>();
        best.weights = weights;
        best.loss = Double.NaN;
        return best;
    }

    private boolean evaluate(int now, DoubleSupplier developmentLoss, Supplier<W> copy) {
        double newLoss = developmentLoss.getAsDouble();
        losses.add(newLoss);
        if (newLoss >= loss) {
            return false;
        }
        loss = newLoss;
        step = now;
        weights = copy.get();
        return true;
    }

    /** Returns the best weights. */
    W weights() {
        return weights;
    }

    /** Returns the development loss of the best weights. */
    double loss() {
        return loss;
    }

    /** Returns the development losses of all evaluations, the first of which is before any step. */
    double[] losses() {
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns the number of steps that gave the best weights. */
    int step() {
        return step;
    }

    /** Returns the number of steps performed. */
    int steps() {
        return steps;
    }
}
