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
 * Trains until the steps are over or the development loss has not fallen for some looks, and keeps the weights of the
 * best look; the first is before any step.
 *
 * @param <W> what holds the weights
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
     * @param oneStep does a step, gives the number of steps done
     * @param developmentLoss of the weights as they are
     * @param copy of the weights as they are
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
        best.look(0, developmentLoss, copy);
        int looksWithoutGain = 0;
        progress.begin(task, steps);
        while (best.steps < steps && looksWithoutGain < plan.patience()) {
            best.steps = oneStep.getAsInt();
            if (best.steps % plan.stepsPerLook() == 0 || best.steps == steps) {
                looksWithoutGain = best.look(best.steps, developmentLoss, copy) ? 0 : looksWithoutGain + 1;
            }
            progress.step(String.format("development loss %.4f (step %d)", best.loss, best.step));
        }
        progress.end();
        return best;
    }

    /** Weights that no step changed and no set has judged. */
    static <W> BestWeights<W> untrained(W weights) {
        BestWeights<W> best = new BestWeights<>();
        best.weights = weights;
        best.loss = Double.NaN;
        return best;
    }

    private boolean look(int now, DoubleSupplier developmentLoss, Supplier<W> copy) {
        double found = developmentLoss.getAsDouble();
        losses.add(found);
        if (found >= loss) {
            return false;
        }
        loss = found;
        step = now;
        weights = copy.get();
        return true;
    }

    W weights() {
        return weights;
    }

    double loss() {
        return loss;
    }

    /** At every look, the first of them before any step. */
    double[] losses() {
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Steps before the best look. */
    int step() {
        return step;
    }

    /** Steps done in all. */
    int steps() {
        return steps;
    }
}
