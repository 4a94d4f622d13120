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
 * All parameters of the experiment except the corpus. Two runs of the same plan give the same table. The component
 * names are keys of the result files and, through {@code toString}, identify the folder of finished rows. Immutable.
 *
 * @param name name of the plan, which is part of the names of the result files
 * @param seed seed of mixtures, weights and bootstrap
 * @param mixtures number of training mixtures, the same for every row
 * @param segmentSeconds length of each training mixture
 * @param developmentPerSnr number of development mixtures of 5 s at each of six SNRs, for early stopping
 * @param testPerSnr number of test mixtures of 5 s at each of six SNRs, for the table
 * @param segments number of mixtures in one step
 * @param nmfSteps maximum number of steps of each deep NMF row
 * @param dnnSteps maximum number of steps of each DNN
 * @param stepsPerLook number of steps between two evaluations of the development set
 * @param patience number of evaluations without a lower loss after which training ends
 * @param nmfStepSize step size of Adam on the logarithms of the weights
 * @param multiplicativeStepSize exponent of the multiplicative step
 * @param dnnStepSize step size of Adam on the weights of a DNN
 * @param objective objective of all rows
 * @param tiedContextFrames number of frames in the input of the tied layers
 * @param sparsity weight mu of the sparsity penalty
 * @param rows rows in the order in which they are run
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
    /** The paper's T. */
    static final int CONTEXT_FRAMES = 9;

    static final FeatureSpec FEATURES = features(CONTEXT_FRAMES);

    /** Returns level-normalised magnitudes of the given number of frames. */
    static FeatureSpec features(int contextFrames) {
        return new FeatureSpec(
                contextFrames, Optional.empty(), Optional.of(LevelNormalisation.standard()), Optional.empty());
    }

    /** Returns the plan of the whole table, which takes an hour or two on two cores. */
    public static PaperPlan full() {
        List<PaperRow> rows = new ArrayList<>();
        rows.addAll(rowsUpTo(25, 2));
        rows.addAll(multiplicative());
        rows.add(PaperRow.dnn(2, 1536));
        rows.add(PaperRow.deepNmf(25, 3, 100));
        rows.add(PaperRow.deepNmf(25, 4, 100));
        rows.add(PaperRow.dnn(1, 1024));
        rows.add(PaperRow.dnn(3, 256));
        rows.add(PaperRow.dnn(2, 1024));
        rows.addAll(rowsUpTo(4, 4));
        rows.add(PaperRow.deepNmf(25, 1, 1000));
        return of("full", rows);
    }

    /**
     * Returns the rows that compare Adam with multiplicative back-propagation, under the conditions of the whole table.
     */
    public static PaperPlan optimisers() {
        List<PaperRow> rows = new ArrayList<>(rowsUpTo(25, 2));
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

    /** Returns a plan of some minutes, which checks that the experiment runs. Its figures have no meaning. */
    public static PaperPlan quick() {
        List<PaperRow> rows = new ArrayList<>(rowsUpTo(4, 2));
        rows.addAll(rowsUpTo(25, 2));
        rows.add(PaperRow.dnn(2, 1536));
        rows.add(PaperRow.dnn(3, 256));
        return new PaperPlan(
                "quick", 1, 60, 2.5, 2, 2, 4, 60, 60, 20, 3, 0.05, 0.1, 3e-4, Objective.LOG_SNR, 1, 1, rows);
    }

    private static List<PaperRow> rowsUpTo(int iterations, int maxTrainedSlots) {
        List<PaperRow> rows = new ArrayList<>();
        for (int trained = 0; trained <= maxTrainedSlots; trained++) {
            rows.add(PaperRow.deepNmf(iterations, trained, 100));
        }
        return rows;
    }

    /** Returns the length of each training mixture in samples. */
    int segmentSamples() {
        return (int) (segmentSeconds * SAMPLE_RATE_HZ);
    }
}
