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

import io.clearline.evaluation.Scores;
import io.clearline.inference.kernel.Kernel;
import io.clearline.lab.dnn.Activation;
import io.clearline.lab.dnn.DnnMask;
import io.clearline.lab.dnn.DnnShape;
import io.clearline.lab.dnn.DnnTrainer;
import io.clearline.lab.dnn.LogInput;
import io.clearline.training.Optimiser;
import io.clearline.training.Progress;
import io.clearline.training.TrainingPlan;
import io.clearline.training.frames.MaskEnhancer;

/** Trains and scores the DNN rows of the table. Thread-confined. */
final class DnnRows {
    private final PaperPlan plan;
    private final PaperData data;
    private final Kernel kernel;
    private LogInput logInput;

    DnnRows(PaperPlan plan, PaperData data, Kernel kernel) {
        this.plan = plan;
        this.data = data;
        this.kernel = kernel;
    }

    /** Trains the network of a row with early stopping and scores it on the test mixtures. */
    RowResult run(PaperRow row, Progress progress) {
        long startNanos = System.nanoTime();
        if (logInput == null) {
            logInput = LogInput.of(data.train());
        }
        int bins = PaperPlan.STFT.bins();
        DnnShape shape = new DnnShape(PaperPlan.FEATURES.inputRows(bins), row.hidden(), bins, Activation.RELU);
        DnnTrainer trainer = new DnnTrainer(
                new TrainingPlan(
                        Optimiser.ADAM,
                        plan.objective(),
                        plan.dnnSteps(),
                        plan.segments(),
                        plan.dnnStepSize(),
                        plan.seed()),
                shape,
                data.train(),
                logInput,
                kernel);
        BestWeights<float[]> best = BestWeights.train(
                plan,
                row.id(),
                plan.dnnSteps(),
                () -> {
                    trainer.train();
                    return trainer.step();
                },
                () -> trainer.loss(data.development()),
                trainer::weights,
                progress);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        RowScores scores = new RowScores(
                data.test(),
                () -> new MaskEnhancer(
                        PaperPlan.STFT,
                        PaperPlan.FEATURES,
                        new DnnMask(shape, best.weights(), logInput, kernel.products()))::enhance);
        return new RowResult(
                row.id(),
                row.title(),
                shape.size(),
                shape.size(),
                best.steps(),
                best.step(),
                best.loss(),
                best.losses(),
                seconds,
                scores.snrDb(),
                scores.all(Scores::sdrInDb),
                scores.all(Scores::sdrOutDb),
                scores.all(Scores::siSdrOutDb),
                scores.all(Scores::stoiOut));
    }
}
