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
import io.clearline.testkit.Signals;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
    private static final int RATE_HZ = 16_000;
    private static final int SAMPLES = 4 * RATE_HZ;

    @TempDir
    Path corpus;

    @Test
    void aVoiceThatHumsLosesTheHum() throws Exception {
        assertThat(levelDb(voice(50))).isCloseTo(levelDb(Signals.sine(SAMPLES, 50, RATE_HZ, 0.5)) - 23.4, within(0.5));
    }

    @Test
    void aDeepVoiceStaysAsItIs() throws Exception {
        for (double frequencyHz : new double[] {90, 120, 1000, 7000}) {
            assertThat(levelDb(voice(frequencyHz)))
                    .isCloseTo(levelDb(Signals.sine(SAMPLES, frequencyHz, RATE_HZ, 0.5)), within(0.1));
        }
    }

    @Test
    void aNoiseKeepsItsHum() throws Exception {
        float[] noise = Recordings.ofCorpus(corpus, manifest(50, Kind.NOISE), Role.TRAIN, Kind.NOISE, RATE_HZ)
                .draw(new SplittableRandom(1), SAMPLES, 0);

        assertThat(levelDb(noise)).isCloseTo(levelDb(Signals.sine(SAMPLES, 50, RATE_HZ, 0.5)), within(0.01));
    }

    @Test
    void aRecordingThatTheCorpusHasLostIsNamedAsMissing() throws Exception {
        CorpusManifest manifest = manifest(1000, Kind.SPEECH);
        Files.delete(corpus.resolve("tone.wav"));

        assertThatThrownBy(() -> Recordings.voicesOfCorpus(corpus, manifest, Role.TRAIN, RATE_HZ)
                        .draw(new SplittableRandom(1), SAMPLES, 0))
                .hasMessageContaining("tone.wav is missing. Fetch the corpus again");
    }

    private float[] voice(double frequencyHz) throws Exception {
        return Recordings.voicesOfCorpus(corpus, manifest(frequencyHz, Kind.SPEECH), Role.TRAIN, RATE_HZ)
                .draw(new SplittableRandom(1), SAMPLES, 0);
    }

    private CorpusManifest manifest(double frequencyHz, Kind kind) throws Exception {
        AudioFiles.writeWav(
                corpus.resolve("tone.wav"), new AudioClip(Signals.sine(SAMPLES, frequencyHz, RATE_HZ, 0.5), RATE_HZ));
        return new CorpusManifest(
                List.of(),
                List.of(new CorpusManifest.Recording("tone.wav", Role.TRAIN, kind, "tone", SAMPLES / RATE_HZ, false)),
                List.of());
    }

    /** Returns the level of the second half, after the filters have settled. */
    private static double levelDb(float[] samples) {
        double sum = 0;
        for (int i = samples.length / 2; i < samples.length; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return 10 * Math.log10(2 * sum / samples.length);
    }
}
