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
package io.clearline.training.mixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.evaluation.judge.Trial;
import io.clearline.evaluation.judge.TrialKind;
import io.clearline.evaluation.judge.TrialLabel;
import io.clearline.testkit.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTrialsTest {
    private static final int RATE_HZ = 8_000;
    private static final int VOICES = 5;
    private static final int NOISES = 3;
    private static final int PER_SNR = 15;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeRecordings() throws IOException {
        for (int i = 0; i < VOICES; i++) {
            // The first half second is silent, as in many recordings.
            float[] speech = Signals.whiteNoise(3 * RATE_HZ, 0.3, i);
            Arrays.fill(speech, 0, RATE_HZ / 2, 0);
            write("speech/voice-" + i + "/a.wav", speech);
        }
        for (int i = 0; i < NOISES; i++) {
            write("noise/noise-" + i + ".wav", Signals.whiteNoise(2 * RATE_HZ, 0.1, 50 + i));
        }
    }

    private void write(String name, float[] samples) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        AudioFiles.writeWav(file, new AudioClip(samples, RATE_HZ));
    }

    private JudgeTrials trials() throws IOException {
        return new JudgeTrials(
                VoicesAndNoises.ofFolders(folder.resolve("speech"), folder.resolve("noise"), RATE_HZ),
                Map.of("corpus", "made up"),
                PER_SNR);
    }

    private static Map<String, Long> count(List<TrialLabel> labels, Function<TrialLabel, String> key) {
        return labels.stream()
                .filter(label -> label.kind() == TrialKind.MIXTURE)
                .collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    @Test
    void everyVoiceAndEveryNoiseComesEquallyOften() throws IOException {
        List<TrialLabel> labels = trials().labels();
        assertThat(count(labels, TrialLabel::voice)).hasSize(VOICES);
        assertThat(count(labels, TrialLabel::voice).values()).containsOnly(8L * PER_SNR / VOICES);
        assertThat(count(labels, TrialLabel::noise).values()).containsOnly(8L * PER_SNR / NOISES);
        assertThat(count(labels, label -> label.voice() + label.noise())).hasSize(VOICES * NOISES);
    }

    @Test
    void theSameRecordingsGiveTheSameTrialsInAnyOrder() throws IOException {
        JudgeTrials first = trials();
        JudgeTrials second = trials();
        assertThat(second.labels()).isEqualTo(first.labels());
        float[] late = first.trial(7).input();
        second.trial(3);
        assertThat(second.trial(7).input()).isEqualTo(late);
    }

    @Test
    void mixturesHaveTheirSnrAndSpeechFromTheFirstSampleOn() throws IOException {
        JudgeTrials trials = trials();
        for (int i = 0; i < trials.labels().size(); i += 11) {
            Trial trial = trials.trial(i);
            if (trial.label().kind() == TrialKind.MIXTURE) {
                float[] noise = trial.input().clone();
                for (int at = 0; at < noise.length; at++) {
                    noise[at] -= trial.reference()[at];
                }
                double snrDb =
                        10 * Math.log10(energy(trial.reference(), 0, noise.length) / energy(noise, 0, noise.length));
                assertThat(snrDb).isCloseTo(trial.label().snrDb(), within(0.01));
                assertThat(energy(trial.reference(), 0, RATE_HZ / 100)).isPositive();
            }
        }
    }

    @Test
    void thereAreTrialsOfEveryKind() throws IOException {
        JudgeTrials trials = trials();
        for (TrialKind kind : TrialKind.values()) {
            int index = indexOf(trials, kind);
            Trial trial = trials.trial(index);
            switch (kind) {
                case MIXTURE -> assertThat(trial.input()).hasSize(5 * RATE_HZ);
                case CLEAN -> assertThat(trial.input()).isEqualTo(trial.reference());
                case NOISE ->
                    assertThat(energy(trial.reference(), 0, trial.reference().length))
                            .isZero();
                case ONSET -> {
                    int start = Trial.ONSET_LEAD_SECONDS * RATE_HZ;
                    assertThat(energy(trial.input(), 0, start)).isZero();
                    assertThat(energy(trial.input(), start, start + RATE_HZ / 100))
                            .isPositive();
                }
                case DRIFT -> assertThat(trial.input()).hasSize(600 * RATE_HZ);
            }
        }
    }

    @Test
    void aSilentNoiseIsNamed() throws IOException {
        write("noise/still.wav", Signals.whiteNoise(2 * RATE_HZ, 0.0001, 1));
        JudgeTrials trials = trials();
        int still = 0;
        while (!"still.wav".equals(trials.labels().get(still).noise())) {
            still++;
        }
        int index = still;
        assertThatThrownBy(() -> trials.trial(index))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("still.wav");
    }

    private static int indexOf(JudgeTrials trials, TrialKind kind) {
        List<TrialKind> kinds = trials.labels().stream().map(TrialLabel::kind).toList();
        return kinds.indexOf(kind);
    }

    private static double energy(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum;
    }
}
