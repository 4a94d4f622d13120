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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final FakeTrials TRIALS = new FakeTrials();

    private static Subject subject(Function<Trial, float[]> enhance) {
        return new Subject() {
            @Override
            public String name() {
                return "fake";
            }

            @Override
            public Output enhance(Trial trial) {
                return Output.of(enhance.apply(trial));
            }
        };
    }

    private static Judgement judge(Function<Trial, float[]> enhance) throws IOException {
        return new Judge(2).judge(subject(enhance), TRIALS, label -> {});
    }

    private static Judgement judgeOnInput(UnaryOperator<float[]> enhance) throws IOException {
        return judge(trial -> enhance.apply(trial.input().clone()));
    }

    private static double only(Judgement judgement, TrialKind kind, Measure measure) {
        return Summary.of(judgement.of(kind), measure).mean().mean();
    }

    @Test
    void aSystemThatChangesNothingGainsAndHarmsNothing() throws IOException {
        Judgement judgement = judgeOnInput(input -> input);
        assertThat(judgement.delayMillis()).isZero();
        assertThat(only(judgement, TrialKind.MIXTURE, Measure.SDR_GAIN_DB)).isZero();
        assertThat(only(judgement, TrialKind.MIXTURE, Measure.START_GAP_DB)).isCloseTo(0, within(0.2));
        assertThat(only(judgement, TrialKind.CLEAN, Measure.CLEAN_SDR_DB)).isEqualTo(120);
        assertThat(only(judgement, TrialKind.NOISE, Measure.NOISE_ATTENUATION_DB))
                .isZero();
        assertThat(only(judgement, TrialKind.ONSET, Measure.ONSET_LEVEL_DB)).isZero();
        assertThat(only(judgement, TrialKind.DRIFT, Measure.DRIFT_DB)).isCloseTo(0, within(1e-6));
    }

    @Test
    void aPerfectSystemReachesTheHighestScores() throws IOException {
        Judgement judgement = judge(Trial::reference);
        assertThat(only(judgement, TrialKind.MIXTURE, Measure.STOI_OUT)).isCloseTo(1, within(1e-6));
        assertThat(only(judgement, TrialKind.MIXTURE, Measure.ESTOI_OUT)).isCloseTo(1, within(1e-6));
        assertThat(only(judgement, TrialKind.MIXTURE, Measure.SDR_OUT_DB)).isGreaterThan(60);
        assertThat(only(judgement, TrialKind.NOISE, Measure.NOISE_ATTENUATION_DB))
                .isEqualTo(120);
    }

    @Test
    void aDelayIsFoundAndDoesNotCountAsDistortion() throws IOException {
        int delaySamples = 400;
        Judgement judgement = judgeOnInput(input -> {
            float[] late = new float[input.length + delaySamples];
            System.arraycopy(input, 0, late, delaySamples, input.length);
            return late;
        });
        assertThat(judgement.delayMillis()).isEqualTo(50);
        assertThat(only(judgement, TrialKind.MIXTURE, Measure.SI_SDR_GAIN_DB)).isCloseTo(0, within(1e-6));
        assertThat(only(judgement, TrialKind.CLEAN, Measure.CLEAN_SDR_DB)).isEqualTo(120);
    }

    @Test
    void aBeginningThatIsCutOffIsANegativeDelay() throws IOException {
        Judgement judgement = judgeOnInput(input -> Arrays.copyOfRange(input, 80, input.length));
        assertThat(judgement.delayMillis()).isEqualTo(-10);
    }

    @Test
    void anotherLevelIsReportedAndDoesNotLowerTheSdr() throws IOException {
        Judgement judgement = judgeOnInput(input -> scaled(input, 0, input.length, 0.5f));
        assertThat(only(judgement, TrialKind.MIXTURE, Measure.SDR_GAIN_DB)).isCloseTo(0, within(1e-3));
        assertThat(only(judgement, TrialKind.CLEAN, Measure.SPEECH_LEVEL_DB)).isCloseTo(-6.02, within(0.01));
        assertThat(only(judgement, TrialKind.NOISE, Measure.NOISE_ATTENUATION_DB))
                .isCloseTo(6.02, within(0.01));
    }

    @Test
    void anAttenuatedBeginningShowsAtTheOnset() throws IOException {
        int speechStart = Trial.ONSET_LEAD_SECONDS * FakeTrials.RATE_HZ;
        Judgement judgement = judge(trial -> trial.label().kind() == TrialKind.ONSET
                ? scaled(trial.input().clone(), speechStart, speechStart + 400, 0.1f)
                : trial.input());
        assertThat(only(judgement, TrialKind.ONSET, Measure.ONSET_LEVEL_DB)).isCloseTo(-20, within(0.1));
        assertThat(only(judgement, TrialKind.ONSET, Measure.ONSET_SNR_DB)).isCloseTo(0.9, within(0.1));
    }

    @Test
    void aSlowStartShowsAsStartGap() throws IOException {
        int start = FakeTrials.RATE_HZ / 4;
        Judgement judgement = judge(trial -> {
            float[] out = trial.reference().clone();
            for (int i = 0; i < out.length; i++) {
                float part = i < start ? 1 : 0.1f;
                out[i] += part * (trial.input()[i] - trial.reference()[i]);
            }
            return out;
        });
        assertThat(only(judgement, TrialKind.MIXTURE, Measure.START_GAP_DB)).isCloseTo(-20, within(0.5));
    }

    @Test
    void aSystemThatDegradesShowsAsDrift() throws IOException {
        Judgement judgement = judge(trial -> {
            float[] out = trial.reference().clone();
            for (int i = 0; i < out.length; i++) {
                double noisePart = 0.1 + 0.9 * i / out.length;
                out[i] += (float) noisePart * (trial.input()[i] - trial.reference()[i]);
            }
            return out;
        });
        assertThat(only(judgement, TrialKind.DRIFT, Measure.DRIFT_DB)).isLessThan(-10);
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        Subject subject = subject(Trial::input);
        Judgement one = new Judge(1).judge(subject, TRIALS, label -> {});
        assertThat(new Judge(3).judge(subject, TRIALS, label -> {})).isEqualTo(one);
    }

    @Test
    void anOutputThatIsNotFiniteFailsTheEvaluationAndNamesTheTrial() {
        assertThatThrownBy(() -> judgeOnInput(input -> {
                    input[5] = Float.NaN;
                    return input;
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fake for trial-")
                .hasMessageContaining("NaN");
    }

    @Test
    void mixturesWithLittleNoiseAreExcludedFromTheHeadline() throws IOException {
        Judgement judgement = judgeOnInput(input -> input);
        assertThat(judgement.noisyMixtures()).hasSize(4);
        assertThat(judgement.mildMixtures())
                .extracting(trial -> trial.label().snrDb())
                .isEqualTo(List.of(20.0));
    }

    private static float[] scaled(float[] samples, int from, int to, float gain) {
        for (int i = from; i < to; i++) {
            samples[i] *= gain;
        }
        return samples;
    }
}
