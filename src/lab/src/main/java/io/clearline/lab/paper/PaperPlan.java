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

import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.training.frames.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides the numbers of the experiment, but for the corpus. Two runs of one plan give the same table.
 *
 * @param mixtures that every row is trained on, of {@code segmentSeconds}
 * @param developmentPerSnr mixtures of 5 s at each of six SNRs: they choose when training ends
 * @param testPerSnr mixtures of 5 s at each of six SNRs: the table
 * @param segments mixtures of one step
 * @param nmfSteps steps of each deep NMF row
 * @param dnnSteps steps of each DNN
 * @param stepsPerLook steps between two looks at the development set
 * @param patience looks without a better loss after which training ends
 * @param nmfStepSize Adam's on the weights' logarithms
 * @param multiplicativeStepSize the exponent of the multiplicative step
 * @param dnnStepSize Adam's on the weights
 * @param tiedContextFrames frames that the tied layers look at
 * @param sparsity mu
 */
public record PaperPlan(
        String name,
        long seed,
        int mixtures,
        double segmentSeconds,
        int developmentPerSnr,
        int testPerSnr,
        int segments,
        int nmfSteps,
        int dnnSteps,
        int stepsPerLook,
        int patience,
        double nmfStepSize,
        double multiplicativeStepSize,
        double dnnStepSize,
        Objective objective,
        int tiedContextFrames,
        double sparsity,
        List<PaperRow> rows) {

    static final int SAMPLE_RATE_HZ = 16_000;
    static final StftSpec STFT = new StftSpec(400, 160);
    /** T. */
    static final int CONTEXT_FRAMES = 9;

    static final FeatureSpec FEATURES = features(CONTEXT_FRAMES);

    /** Level-normalised magnitudes of so many frames. */
    static FeatureSpec features(int contextFrames) {
        return new FeatureSpec(
                contextFrames, Optional.empty(), Optional.of(LevelNormalisation.standard()), Optional.empty());
    }

    /** The whole table; an hour or two on two cores. */
    public static PaperPlan full() {
        List<PaperRow> rows = new ArrayList<>();
        rows.addAll(ladder(25, 2));
        rows.addAll(multiplicative());
        rows.add(PaperRow.dnn(2, 1536));
        rows.add(PaperRow.deepNmf(25, 3, 100));
        rows.add(PaperRow.deepNmf(25, 4, 100));
        rows.add(PaperRow.dnn(1, 1024));
        rows.add(PaperRow.dnn(3, 256));
        rows.add(PaperRow.dnn(2, 1024));
        rows.addAll(ladder(4, 4));
        rows.add(PaperRow.deepNmf(25, 1, 1000));
        return of("full", rows);
    }

    /** Deep NMF by Adam and by multiplicative back-propagation, under the conditions of the whole table. */
    public static PaperPlan optimisers() {
        List<PaperRow> rows = new ArrayList<>(ladder(25, 2));
        rows.addAll(multiplicative());
        return of("optimisers", rows);
    }

    private static PaperPlan of(String name, List<PaperRow> rows) {
        return new PaperPlan(
                name, 1, 1000, 2.5, 10, 20, 4, 1500, 1500, 100, 6, 0.05, 0.1, 3e-4, Objective.LOG_SNR, 1, 1, rows);
    }

    private static List<PaperRow> multiplicative() {
        return List.of(PaperRow.multiplicative(25, 1, 100), PaperRow.multiplicative(25, 2, 100));
    }

    /** The same road in minutes; its numbers mean nothing but that the road is open. */
    public static PaperPlan quick() {
        List<PaperRow> rows = new ArrayList<>(ladder(4, 2));
        rows.addAll(ladder(25, 2));
        rows.add(PaperRow.dnn(2, 1536));
        rows.add(PaperRow.dnn(3, 256));
        return new PaperPlan(
                "quick", 1, 60, 2.5, 2, 2, 4, 60, 60, 20, 3, 0.05, 0.1, 3e-4, Objective.LOG_SNR, 1, 1, rows);
    }

    private static List<PaperRow> ladder(int iterations, int mostTrainedSlots) {
        List<PaperRow> rows = new ArrayList<>();
        for (int trained = 0; trained <= mostTrainedSlots; trained++) {
            rows.add(PaperRow.deepNmf(iterations, trained, 100));
        }
        return rows;
    }

    int segmentSamples() {
        return (int) (segmentSeconds * SAMPLE_RATE_HZ);
    }
}
