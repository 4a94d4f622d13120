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
 * Estimates and removes the delay of a system, so that it does not count as distortion. The delay is the lag with the
 * highest cross-correlation between outputs and references, summed over the trials with the clearest speech. Stateless.
 */
final class Delay {
    private static final int TRIALS = 4;
    /** The shortest and the longest delay that is searched for. */
    private static final double MIN_SECONDS = -0.02;

    private static final double MAX_SECONDS = 0.12;

    private Delay() {}

    /**
     * Returns the delay in samples; negative when the system cuts off the beginning.
     *
     * @throws IOException when a trial cannot be read or the system fails
     */
    static int samplesOf(Subject subject, TrialSet trials) throws IOException {
        int minLag = (int) (MIN_SECONDS * trials.sampleRateHz());
        double[] correlation = new double[(int) (MAX_SECONDS * trials.sampleRateHz()) - minLag + 1];
        for (int index : clearest(trials.labels())) {
            Trial trial = trials.trial(index);
            addCorrelation(trial.reference(), subject.enhance(trial).samples(), minLag, correlation);
        }
        // Starts at lag 0, which is the result when no lag is better.
        int best = -minLag;
        for (int i = 0; i < correlation.length; i++) {
            best = correlation[i] > correlation[best] ? i : best;
        }
        return best + minLag;
    }

    /**
     * Returns the indices of trials of clean speech, or of the mixtures with the highest SNR when there are too few.
     */
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

    private static void addCorrelation(float[] reference, float[] output, int minLag, double[] correlation) {
        for (int i = 0; i < correlation.length; i++) {
            int lag = i + minLag;
            int to = Math.min(reference.length, output.length - lag);
            double product = 0;
            for (int at = Math.max(0, -lag); at < to; at++) {
                product += (double) reference[at] * output[at + lag];
            }
            correlation[i] += product;
        }
    }

    /** Returns the output without its delay, cut or padded with zeros to the given length. */
    static float[] removed(float[] output, int delaySamples, int length) {
        float[] aligned = new float[length];
        for (int i = Math.max(0, -delaySamples); i < length && i + delaySamples < output.length; i++) {
            aligned[i] = output[i + delaySamples];
        }
        return aligned;
    }
}
