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
package io.clearline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScoresTest {
    @TempDir
    Path folder;

    private Path clean;
    private Path mix;
    private Path estimate;

    @BeforeEach
    void folders() throws IOException {
        clean = Files.createDirectory(folder.resolve("clean"));
        mix = Files.createDirectory(folder.resolve("mix"));
        estimate = Files.createDirectory(folder.resolve("estimate"));
    }

    @Test
    void scoresByFileByInputSnrAndOverall() throws IOException {
        write("a", 0, 10);
        write("b", 6, 12);
        ScoreTable table = new FolderScores(clean, mix, estimate).score(done -> {});

        assertThat(table.byInputSnrDb()).containsOnlyKeys(0, 6);
        assertThat(table.overall().sdrGainDb()).isCloseTo(8, within(0.5));
        assertThat(table.toMarkdown()).contains("| a |").contains("| at 6 dB |").contains("| overall |");
        assertThat(table.toText().lines()).hasSize(6);
        JsonNode json = new ObjectMapper().readTree(table.toJson());
        assertThat(json.at("/files/1/name").asText()).isEqualTo("b");
        assertThat(json.at("/overall/sdrGain").asDouble())
                .isCloseTo(table.overall().sdrGainDb(), within(1e-3));
    }

    @Test
    void namesEveryMissingPair() throws IOException {
        write("a", 0, 10);
        write("b", 0, 10);
        Files.delete(mix.resolve("a.wav"));
        Files.delete(clean.resolve("b.wav"));
        assertThatThrownBy(() -> new FolderScores(clean, mix, estimate))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a in " + mix)
                .hasMessageContaining("b in " + clean);
    }

    @Test
    void namesTheFileWhoseLengthDiffers() throws IOException {
        write("a", 0, 10);
        AudioFiles.writeWav(estimate.resolve("a.wav"), new AudioClip(new float[100], SpeechMixture.RATE_HZ));
        FolderScores scores = new FolderScores(clean, mix, estimate);
        assertThatThrownBy(() -> scores.score(done -> {})).hasMessageContaining("a: reference has");
    }

    private void write(String name, double snrInDb, double snrOutDb) throws IOException {
        float[] speech = SpeechMixture.speech();
        for (int i = 0; i < speech.length; i++) {
            speech[i] *= 0.1f;
        }
        write(clean.resolve(name + ".wav"), speech);
        write(mix.resolve(name + ".wav"), SpeechMixture.withWhiteNoise(speech, snrInDb));
        write(estimate.resolve(name + ".wav"), SpeechMixture.withWhiteNoise(speech, snrOutDb));
    }

    private static void write(Path file, float[] samples) throws IOException {
        AudioFiles.writeWav(file, new AudioClip(samples, SpeechMixture.RATE_HZ));
    }
}
