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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distribution of one measure over trials.
 *
 * @param count number of trials that have the measure
 * @param mean mean, with its interval over voices and noises
 * @param median median
 * @param lowestTenth 10th percentile
 * @param highestTenth 90th percentile
 * @param lowest minimum
 * @param highest maximum
 */
public record Summary(
        int count,
        Interval mean,
        double median,
        double lowestTenth,
        double highestTenth,
        double lowest,
        double highest) {

    /** Summarises the trials that have the measure; all figures are NaN when none has. */
    public static Summary of(List<ScoredTrial> trials, Measure measure) {
        double[] sorted = trials.stream()
                .mapToDouble(trial -> trial.value(measure))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new Summary(
                sorted.length,
                Interval.of(trials, trial -> trial.value(measure)),
                percentile(sorted, 0.5),
                percentile(sorted, 0.1),
                percentile(sorted, 0.9),
                percentile(sorted, 0),
                percentile(sorted, 1));
    }

    /** Returns a percentile by linear interpolation, given values in ascending order; NaN when there are none. */
    static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Returns the figures for JSON files and model cards. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", Rounded.of(mean.mean()));
        map.put("interval95", Arrays.asList(Rounded.of(mean.low()), Rounded.of(mean.high())));
        map.put("median", Rounded.of(median));
        map.put("lowestTenth", Rounded.of(lowestTenth));
        map.put("highestTenth", Rounded.of(highestTenth));
        map.put("lowest", Rounded.of(lowest));
        map.put("trials", count);
        return map;
    }
}
