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

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A mean over trials with its 95 % confidence interval for other samples of voices and noises.
 *
 * <p>Uses the pigeonhole bootstrap (Owen, Annals of Applied Statistics 1(2), 2007). Voices and noises are resampled
 * with replacement, independently of each other, and the weight of a trial is the product of the counts of its voice
 * and its noise. This accounts for the dependence of trials that share a voice or a noise, which ordinary resampling of
 * trials ignores.
 *
 * @param mean mean over the trials
 * @param low lower limit, the 2.5th percentile; NaN when there are fewer than two voices and fewer than two noises
 * @param high upper limit, the 97.5th percentile; NaN as {@code low}
 */
public record Interval(double mean, double low, double high) {
    private static final int DRAWS = 4_000;
    private static final double TAIL = 0.025;
    /** Fixed, so that the same scores always yield the same interval. */
    private static final long SEED = 20_261_126;

    /** Returns the interval over the trials whose value is not NaN. */
    public static Interval of(List<ScoredTrial> trials, ToDoubleFunction<ScoredTrial> value) {
        List<ScoredTrial> counted = trials.stream()
                .filter(trial -> !Double.isNaN(value.applyAsDouble(trial)))
                .toList();
        double[] values = counted.stream().mapToDouble(value).toArray();
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        Groups voices = Groups.of(counted, label -> label.voice());
        Groups noises = Groups.of(counted, label -> label.noise());
        if (voices.count < 2 && noises.count < 2) {
            return new Interval(mean, Double.NaN, Double.NaN);
        }
        double[] means = resampledMeans(values, voices, noises);
        Arrays.sort(means);
        return new Interval(mean, means[(int) (TAIL * DRAWS)], means[(int) ((1 - TAIL) * DRAWS) - 1]);
    }

    private static double[] resampledMeans(double[] values, Groups voices, Groups noises) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; ) {
            int[] voiceCounts = voices.resampled(random);
            int[] noiseCounts = noises.resampled(random);
            double sum = 0;
            long weight = 0;
            for (int i = 0; i < values.length; i++) {
                int times = voiceCounts[voices.groupOf[i]] * noiseCounts[noises.groupOf[i]];
                sum += times * values[i];
                weight += times;
            }
            // With few trials a draw may give weight to none of them, and is repeated.
            if (weight > 0) {
                means[draw++] = sum / weight;
            }
        }
        return means;
    }

    /** The index of the group of each trial. Trials whose label has no value form a group together. */
    private record Groups(int[] groupOf, int count) {
        static Groups of(List<ScoredTrial> trials, Function<TrialLabel, String> name) {
            Map<String, Integer> numbers = new HashMap<>();
            int[] groupOf = new int[trials.size()];
            for (int i = 0; i < groupOf.length; i++) {
                groupOf[i] = numbers.computeIfAbsent(
                        String.valueOf(name.apply(trials.get(i).label())), any -> numbers.size());
            }
            return new Groups(groupOf, numbers.size());
        }

        /** Draws as many groups as there are, with replacement, and returns the count of each. */
        int[] resampled(SplittableRandom random) {
            int[] times = new int[count];
            for (int i = 0; i < count; i++) {
                times[random.nextInt(count)]++;
            }
            return times;
        }
    }

    /** Returns whether the interval excludes zero. */
    public boolean isClear() {
        return low > 0 || high < 0;
    }
}
