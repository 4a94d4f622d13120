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
import io.clearline.training.NetworkKind;
import io.clearline.training.Progress;
import io.clearline.training.Recipe;
import io.clearline.training.TrainingRun;
import io.clearline.training.corpus.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a corpus in the layout of CHiME-2 that contains synthetic signals. */
class Chime2Test {
    private static final int SAMPLES = 24_000;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void writeCorpus() throws Exception {
        root = folder.resolve("data/chime2-wsj0");
        write("si_tr_s/011/011c0201.wav", 200, 1);
        write("si_tr_s/011/011c0202.wav", 250, 2);
        write("si_tr_s/012/012c0201.wav", 300, 3);
        for (String snr : List.of("m6dB", "m3dB", "0dB", "3dB", "6dB", "9dB")) {
            write("si_dt_05/" + snr + "/050/050c0101.wav", 350, 4);
            write("si_dt_05/" + snr + "/051/051c0101.wav", 400, 5);
            write("si_et_05/" + snr + "/440/440c0101.wav", 450, 6);
        }
    }

    private void write(String path, double pitchHz, long seed) throws Exception {
        float[] speech = Signals.sine(SAMPLES, pitchHz, 16_000, 0.1);
        float[] mixture = Signals.whiteNoise(SAMPLES, 0.05, seed);
        for (int i = 0; i < SAMPLES; i++) {
            // Fade in, because speech starts with silence.
            speech[i] *= Math.min(1, i / 8000f);
            mixture[i] += speech[i];
        }
        write(root.resolve("isolated").resolve(path), mixture);
        write(root.resolve("scaled").resolve(path), speech);
    }

    private static void write(Path file, float[] samples) throws Exception {
        Files.createDirectories(file.getParent());
        AudioFiles.writeWav(file, new AudioClip(samples, 16_000));
    }

    @Test
    void itIsFoundWhereItsMediumHasIt() {
        assertThat(Chime2.in(folder)).isPresent();
        assertThat(Chime2.in(root)).isPresent();
        assertThat(Chime2.in(root.resolve("isolated"))).isEmpty();
    }

    @Test
    void speakersAreGroupsAndMixturesKeepTheirSnr() throws Exception {
        Chime2 chime = Chime2.in(folder).orElseThrow();

        assertThat(chime.speech(Role.TRAIN, 16_000).groups()).isEqualTo(2);
        assertThat(chime.speech(Role.TRAIN, 16_000).size()).isEqualTo(3);
        assertThat(chime.mixtures(Role.DEVELOPMENT, 16_000, 1))
                .extracting(Mixer.Mixture::snrDb)
                .containsExactly(-6.0, -3.0, 0.0, 3.0, 6.0, 9.0);
        assertThat(chime.mixtures(Role.DEVELOPMENT, 16_000, 5)).hasSize(12);
    }

    @Test
    void theNoiseIsWhatTheMixtureHasBesideTheSpeech() throws Exception {
        Recordings noise = Chime2.in(folder).orElseThrow().noise(Role.TEST, 16_000);

        float[] found = noise.draw(new SplittableRandom(1), SAMPLES, 0);

        assertThat(found).containsExactly(Signals.whiteNoise(SAMPLES, 0.05, 6), within(1e-4f));
    }

    @Test
    void aMixtureWithoutItsSpeechIsNamed() throws Exception {
        Files.delete(root.resolve("scaled/si_tr_s/012/012c0201.wav"));

        assertThatThrownBy(() -> Chime2.in(folder).orElseThrow().speech(Role.TRAIN, 16_000))
                .hasMessageContaining("012c0201.wav is missing");
    }

    @Test
    void aModelTrainsOnIt() throws Exception {
        Recipe recipe = new Recipe(
                "gram",
                16_000,
                256,
                128,
                8,
                2,
                true,
                4,
                4,
                2,
                false,
                30,
                2,
                0.5,
                0.05,
                1,
                NetworkKind.GRAM,
                null,
                null,
                null,
                0,
                null,
                null);
        Path work = folder.resolve("work");

        TrainingRun.onCorpus(recipe, folder, work).run(Progress.NONE, 30, 9);

        assertThat(work.resolve("training.jsonl")).content().contains("\"step\":30");
    }
}
