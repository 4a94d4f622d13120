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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static ScoredTrial trial(String voice, String noise, double gainDb) {
        return new ScoredTrial(
                new TrialLabel("any", TrialKind.MIXTURE, voice, noise, 0), Map.of(Measure.SDR_GAIN_DB, gainDb));
    }

    private static Interval interval(List<ScoredTrial> trials) {
        return Interval.of(trials, trial -> trial.value(Measure.SDR_GAIN_DB));
    }

    @Test
    void manyTrialsOfTwoVoicesDoNotNarrowTheInterval() {
        List<ScoredTrial> trials = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            trials.add(trial("low", "noise-" + i % 10, 0));
            trials.add(trial("high", "noise-" + i % 10, 10));
        }
        Interval interval = interval(trials);
        assertThat(interval.mean()).isEqualTo(5);
        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isEqualTo(10);
    }

    @Test
    void isAboutTwoStandardErrorsWideWhenEveryTrialHasItsOwnVoice() {
        SplittableRandom random = new SplittableRandom(1);
        List<ScoredTrial> trials = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            trials.add(trial("voice-" + i, null, random.nextGaussian()));
        }
        Interval interval = interval(trials);
        assertThat(interval.high() - interval.mean()).isCloseTo(1.96 / 20, within(0.02));
        assertThat(interval.mean() - interval.low()).isCloseTo(1.96 / 20, within(0.02));
    }

    @Test
    void coversTheTruthNineteenTimesInTwentyWhenVoicesAndNoisesDiffer() {
        int held = 0;
        int experiments = 60;
        for (int experiment = 0; experiment < experiments; experiment++) {
            SplittableRandom random = new SplittableRandom(experiment);
            double[] voices =
                    random.doubles(16).map(any -> random.nextGaussian()).toArray();
            double[] noises =
                    random.doubles(12).map(any -> 2 * random.nextGaussian()).toArray();
            List<ScoredTrial> trials = new ArrayList<>();
            for (int i = 0; i < 192; i++) {
                int voice = i % voices.length;
                int noise = (i + i / 48) % noises.length;
                trials.add(trial("v" + voice, "n" + noise, voices[voice] + noises[noise] + random.nextGaussian()));
            }
            Interval interval = interval(trials);
            held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
        }
        assertThat(held).isBetween(51, 60);
    }

    @Test
    void isUndefinedWithOneVoiceAndOneNoise() {
        Interval interval = interval(List.of(trial("a", "b", 1), trial("a", "b", 2)));
        assertThat(interval.mean()).isEqualTo(1.5);
        assertThat(interval.low()).isNaN();
        assertThat(interval.isClear()).isFalse();
    }

    @Test
    void ignoresValuesThatAreNaN() {
        assertThat(interval(List.of(trial("a", "b", 1), trial("c", "d", Double.NaN)))
                        .mean())
                .isEqualTo(1);
    }
}
