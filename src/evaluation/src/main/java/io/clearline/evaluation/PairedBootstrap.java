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
 * How sure the mean difference of two systems is that were scored on the same mixtures: mixtures are drawn again and
 * again with replacement, and the middle 95 % of the means make the interval (Efron's percentile bootstrap). Both
 * scores of a mixture are drawn together.
 *
 * @param meanDb mean of a - b
 * @param lowDb 2.5th percentile
 * @param highDb 97.5th percentile
 */
public record PairedBootstrap(double meanDb, double lowDb, double highDb) {
    private static final int DRAWS = 10_000;
    private static final double TAIL = 0.025;

    /**
     * Compares.
     *
     * @param a scores of one system, by mixture
     * @param b scores of the other, of the same mixtures in the same order
     * @param seed the same seed gives the same interval
     * @throws IllegalArgumentException when the numbers of scores differ, or there is none
     */
    public static PairedBootstrap of(double[] a, double[] b, long seed) {
        if (a.length != b.length || a.length == 0) {
            throw new IllegalArgumentException("a paired interval needs scores of the same mixtures, got " + a.length
                    + " of one system and " + b.length + " of the other");
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

    /** Whether zero lies outside the interval. */
    public boolean isClear() {
        return lowDb > 0 || highDb < 0;
    }
}
