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

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.testkit.Samples;
import io.clearline.testkit.Signals;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SpectrogramImageTest {

    @Test
    void stacksBeforeAfterAndCleanOfRealSpeech() throws IOException {
        float[] speech = SpeechMixture.speech();
        float[] noise = AudioFiles.read(Samples.noise().get(3)).samples();
        noise = Arrays.copyOf(noise, speech.length);
        Path png = Files.createDirectories(Samples.home().resolve("src/evaluation/target"))
                .resolve("spectrogram.png");

        new SpectrogramImage(List.of(
                        panel("Before", SpeechMixture.mixed(speech, noise, 0)),
                        panel("After", SpeechMixture.mixed(speech, noise, 12)),
                        panel("Clean", speech)))
                .write(png);

        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(1350);
        assertThat(image.getHeight()).isGreaterThan(900);
    }

    @Test
    void aToneStandsOutAtItsFrequency() {
        AudioClip tone = new AudioClip(Signals.sine(16_000, 2_000, 16_000, 0.5), 16_000);
        float[][] levels = PowerSpectrogram.levelsDb(tone, 1, 10);
        int loudestBin = 0;
        for (int bin = 0; bin < levels[5].length; bin++) {
            loudestBin = levels[5][bin] > levels[5][loudestBin] ? bin : loudestBin;
        }
        assertThat(loudestBin).isEqualTo(64);
    }

    @Test
    void silenceAndOneShortClipAreDrawnToo() {
        assertThat(new SpectrogramImage(List.of(panel("Nothing", new float[160])))
                        .render()
                        .getWidth())
                .isEqualTo(1350);
        assertThatThrownBy(() -> new SpectrogramImage(List.of())).hasMessageContaining("at least one panel");
    }

    private static SpectrogramImage.Panel panel(String title, float[] samples) {
        return new SpectrogramImage.Panel(title, new AudioClip(samples, SpeechMixture.RATE_HZ));
    }
}
