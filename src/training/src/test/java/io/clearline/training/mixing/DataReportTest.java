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

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.testkit.Signals;
import io.clearline.training.corpus.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataReportTest {
    private static final int RATE_HZ = 16_000;
    private static final int SECONDS = 10;

    @TempDir
    Path folder;

    @Test
    void minutesAreCountedByRoleAndTooLittleDataIsReported() throws Exception {
        DataReport report = report(SECONDS);

        assertThat(report.lines())
                .contains("Speech, train: 2 files of 2 speakers, 0.3 minutes, of which 0.3 sound")
                .contains("Noise, test: 1 files of 1 noises, 0.2 minutes, of which 0.2 sound");
        assertThat(report.warnings())
                .anyMatch(warning -> warning.startsWith("There are 0.3 minutes of speech by 2 speakers to train on"))
                .anyMatch(warning -> warning.startsWith("There are 0.3 minutes of noise by 2 noises to train on"));
    }

    @Test
    void recordingsThatAreMostlySilentAreNamed() throws Exception {
        DataReport report = report(2);

        assertThat(report.lines()).contains("Speech, train: 2 files of 2 speakers, 0.3 minutes, of which 0.1 sound");
        assertThat(report.warnings())
                .anyMatch(warning -> warning.startsWith("Speech to train with is mostly silent")
                        && warning.contains("speech/voice0/said.wav"));
    }

    /** Returns the report on four voices and four noises of ten seconds each. */
    private DataReport report(int soundingSeconds) throws Exception {
        for (int i = 0; i < 4; i++) {
            write(folder.resolve("speech/voice" + i + "/said.wav"), soundingSeconds, i);
            write(folder.resolve("noise/noise" + i + ".wav"), soundingSeconds, 10 + i);
        }
        return DataReport.of(
                Recordings.ofFolder(folder.resolve("speech"), Kind.SPEECH, RATE_HZ),
                Recordings.ofFolder(folder.resolve("noise"), Kind.NOISE, RATE_HZ));
    }

    private static void write(Path file, int soundingSeconds, long seed) throws Exception {
        Files.createDirectories(file.getParent());
        float[] samples = Signals.whiteNoise(SECONDS * RATE_HZ, 0.1, seed);
        Arrays.fill(samples, soundingSeconds * RATE_HZ, samples.length, 0);
        AudioFiles.writeWav(file, new AudioClip(samples, RATE_HZ));
    }
}
