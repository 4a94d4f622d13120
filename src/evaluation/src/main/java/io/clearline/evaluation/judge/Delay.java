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
package io.clearline.evaluation.judge;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds by how much a system's output comes late, so that its delay is not judged as damage: the lag at which outputs
 * and references of a few trials fit best.
 */
final class Delay {
    private static final int TRIALS = 4;
    private static final double MIN_SECONDS = -0.02;
    private static final double MAX_SECONDS = 0.12;

    private Delay() {}

    /** In samples; negative where the system cuts off the beginning. */
    static int samplesOf(Subject subject, TrialSet trials) throws IOException {
        int lowest = (int) (MIN_SECONDS * trials.sampleRateHz());
        double[] fit = new double[(int) (MAX_SECONDS * trials.sampleRateHz()) - lowest + 1];
        for (int index : clearest(trials.labels())) {
            Trial trial = trials.trial(index);
            addFit(trial.reference(), subject.enhance(trial).samples(), lowest, fit);
        }
        int best = -lowest;
        for (int i = 0; i < fit.length; i++) {
            best = fit[i] > fit[best] ? i : best;
        }
        return best + lowest;
    }

    /** Speech alone where there is any, else the mixtures with the least noise. */
    private static List<Integer> clearest(List<TrialLabel> labels) {
        return IntStream.range(0, labels.size())
                .boxed()
                .filter(i ->
                        labels.get(i).kind() == TrialKind.CLEAN || labels.get(i).kind() == TrialKind.MIXTURE)
                .sorted(Comparator.comparingDouble(i -> -clarity(labels.get(i))))
                .limit(TRIALS)
                .toList();
    }

    private static double clarity(TrialLabel label) {
        if (label.kind() == TrialKind.CLEAN) {
            return Double.MAX_VALUE;
        }
        return Double.isNaN(label.snrDb()) ? -Double.MAX_VALUE : label.snrDb();
    }

    private static void addFit(float[] reference, float[] output, int lowest, double[] fit) {
        for (int i = 0; i < fit.length; i++) {
            int lag = i + lowest;
            int to = Math.min(reference.length, output.length - lag);
            double product = 0;
            for (int at = Math.max(0, -lag); at < to; at++) {
                product += (double) reference[at] * output[at + lag];
            }
            fit[i] += product;
        }
    }

    /** The output without its delay, as long as the input; zeros where there is nothing. */
    static float[] removed(float[] output, int delaySamples, int length) {
        float[] aligned = new float[length];
        for (int i = Math.max(0, -delaySamples); i < length && i + delaySamples < output.length; i++) {
            aligned[i] = output[i + delaySamples];
        }
        return aligned;
    }
}
