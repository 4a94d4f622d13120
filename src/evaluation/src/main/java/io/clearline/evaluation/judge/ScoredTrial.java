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

import java.util.EnumMap;
import java.util.Map;

/**
 * The scores of one trial.
 *
 * @param values the measures that apply to the kind of the trial
 */
public record ScoredTrial(TrialLabel label, Map<Measure, Double> values) {
    /** Returns the value of a measure; NaN when it was not measured. */
    public double value(Measure measure) {
        return values.getOrDefault(measure, Double.NaN);
    }

    /** Returns the differences (this - other); NaN where only this trial has the measure. */
    ScoredTrial minus(ScoredTrial other) {
        Map<Measure, Double> differences = new EnumMap<>(Measure.class);
        values.forEach((measure, value) -> differences.put(measure, value - other.value(measure)));
        return new ScoredTrial(label, differences);
    }
}
