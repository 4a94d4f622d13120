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
package io.clearline.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The mean difference of two systems that were scored on the same mixtures, with its 95 % confidence interval by the
 * percentile bootstrap (Efron). Mixtures are resampled with replacement, and both scores of a mixture are drawn
 * together.
 *
 * @param meanDb mean of a - b
 * @param lowDb lower limit of the interval, the 2.5th percentile of the resampled means
 * @param highDb upper limit of the interval, the 97.5th percentile
 */
public record PairedBootstrap(double meanDb, double lowDb, double highDb) {
    private static final int DRAWS = 10_000;
    private static final double TAIL = 0.025;

    /**
     * Compares two systems.
     *
     * @param a scores of one system in dB, by mixture
     * @param b scores of the other system for the same mixtures in the same order
     * @param seed seed of the resampling; the same seed yields the same interval
     * @throws IllegalArgumentException when the numbers of scores differ or are zero
     */
    public static PairedBootstrap of(double[] a, double[] b, long seed) {
        if (a.length != b.length || a.length == 0) {
            throw new IllegalArgumentException("expected scores of the same mixtures for a paired comparison, found "
                    + a.length + " of one system and " + b.length + " of the other");
        }
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = a[i] - b[i];
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += differences[random.nextInt(differences.length)];
            }
            means[draw] = sum / differences.length;
        }
        Arrays.sort(means);
        return new PairedBootstrap(
                Arrays.stream(differences).average().orElseThrow(),
                means[(int) (TAIL * DRAWS)],
                means[(int) ((1 - TAIL) * DRAWS) - 1]);
    }

    /** Returns whether the interval excludes zero. */
    public boolean isClear() {
        return lowDb > 0 || highDb < 0;
    }
}
