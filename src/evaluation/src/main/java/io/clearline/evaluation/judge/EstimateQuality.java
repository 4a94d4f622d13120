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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quality of a system's estimate of its own output SDR, over mixtures.
 *
 * @param bias mean of (estimated - measured) in dB, with its interval
 * @param meanAbsoluteErrorDb mean of |estimated - measured|
 * @param correlation Pearson correlation of estimated and measured SDR
 * @param coverage share of mixtures whose measured SDR lies in the prediction interval of the estimate; ideally 0.8
 * @param biasDbByNoise bias for each source of noise
 */
public record EstimateQuality(
        Interval bias,
        double meanAbsoluteErrorDb,
        double correlation,
        double coverage,
        Map<String, Double> biasDbByNoise) {

    /** Returns the quality over the mixtures that have an estimate; null when none has. */
    public static EstimateQuality of(List<ScoredTrial> mixtures) {
        List<ScoredTrial> estimated = mixtures.stream()
                .filter(trial -> !Double.isNaN(trial.value(Measure.ESTIMATE_ERROR_DB)))
                .toList();
        if (estimated.isEmpty()) {
            return null;
        }
        Map<String, Double> byNoise = new LinkedHashMap<>();
        Judgement.by(estimated, TrialLabel::noise)
                .forEach((noise, trials) -> byNoise.put(noise, mean(trials, Measure.ESTIMATE_ERROR_DB)));
        return new EstimateQuality(
                Interval.of(estimated, trial -> trial.value(Measure.ESTIMATE_ERROR_DB)),
                Interval.of(estimated, trial -> Math.abs(trial.value(Measure.ESTIMATE_ERROR_DB)))
                        .mean(),
                correlation(estimated),
                mean(estimated, Measure.ESTIMATE_IN_BAND),
                byNoise);
    }

    private static double mean(List<ScoredTrial> trials, Measure measure) {
        return trials.stream()
                .mapToDouble(trial -> trial.value(measure))
                .average()
                .orElse(Double.NaN);
    }

    private static double correlation(List<ScoredTrial> trials) {
        double meanMeasured = mean(trials, Measure.SDR_OUT_DB);
        double meanEstimated = meanMeasured + mean(trials, Measure.ESTIMATE_ERROR_DB);
        double product = 0;
        double measuredPower = 0;
        double estimatedPower = 0;
        for (ScoredTrial trial : trials) {
            double measured = trial.value(Measure.SDR_OUT_DB);
            double a = measured - meanMeasured;
            double b = measured + trial.value(Measure.ESTIMATE_ERROR_DB) - meanEstimated;
            product += a * b;
            measuredPower += a * a;
            estimatedPower += b * b;
        }
        return product / Math.sqrt(measuredPower * estimatedPower);
    }

    /** Returns the figures for JSON files and model cards. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("meanAbsoluteErrorDb", Rounded.of(meanAbsoluteErrorDb));
        map.put("correlation", Rounded.of(correlation));
        map.put("coverageOfTheBand", Rounded.of(coverage));
        map.put("biasDb", Rounded.of(bias.mean()));
        Map<String, Object> byNoise = new LinkedHashMap<>();
        biasDbByNoise.forEach((noise, db) -> byNoise.put(noise, Rounded.of(db)));
        map.put("biasDbByNoise", byNoise);
        return map;
    }
}
