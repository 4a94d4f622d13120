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
import static org.assertj.core.api.Assertions.within;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that every variation can be switched off independently, and that draws depend only on the seed. */
class MixerVariationTest {
    private static final int RATE_HZ = 16_000;
    private static final int SAMPLES = 2 * RATE_HZ;
    private static final int MIXTURES = 60;

    @TempDir
    Path folder;

    private Recordings speech;
    private Recordings noise;

    @BeforeEach
    void record() throws Exception {
        for (int i = 0; i < 12; i++) {
            write(folder.resolve("speech/voice" + i + "/said.wav"), i);
            write(folder.resolve("noise/noise" + i + ".wav"), 100 + i);
        }
        speech = Recordings.ofFolder(folder.resolve("speech"), Kind.SPEECH, RATE_HZ)
                .get(Role.TRAIN);
        noise = Recordings.ofFolder(folder.resolve("noise"), Kind.NOISE, RATE_HZ)
                .get(Role.TRAIN);
    }

    @Test
    void anIndexGivesTheSameMixtureWhateverWasDrawnBefore() {
        Mixer one = mixer(MixingSpec.varied());
        Mixer other = mixer(MixingSpec.varied());
        other.draw(7, SAMPLES);
        other.draw(3, SAMPLES);

        for (int index = 0; index < 10; index++) {
            assertThat(one.draw(index, SAMPLES).mixture())
                    .isEqualTo(other.draw(index, SAMPLES).mixture());
        }
    }

    @Test
    void mixturesAreFiniteAndWithinFullScale() {
        Mixer mixer = mixer(MixingSpec.varied());
        for (int index = 0; index < MIXTURES; index++) {
            float peak = 0;
            for (float sample : mixer.draw(index, SAMPLES).mixture()) {
                // Once the peak is NaN, it stays NaN and fails the assertion.
                peak = Math.max(peak, Math.abs(sample));
            }
            assertThat(peak).as("peak of mixture %d", index).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void eachSwitchChangesSomeMixturesAndLeavesTheOthersAsTheyAre() {
        Mixer all = mixer(MixingSpec.varied());
        List<float[]> mixtures = IntStream.range(0, MIXTURES)
                .mapToObj(index -> all.draw(index, SAMPLES).mixture())
                .toList();
        Set<Variation> everywhere = EnumSet.of(Variation.VOICE_SPEED, Variation.NOISE_SPEED, Variation.EQUALISERS);
        for (Variation variation : Variation.values()) {
            Mixer without = mixer(new MixingSpec(EnumSet.of(variation), null, null));
            int changed = 0;
            for (int index = 0; index < MIXTURES; index++) {
                boolean same = Arrays.equals(
                        mixtures.get(index), without.draw(index, SAMPLES).mixture());
                changed += same ? 0 : 1;
            }
            assertThat(changed).as(variation + " changes").isPositive();
            if (!everywhere.contains(variation)) {
                assertThat(changed).as(variation + " leaves").isLessThan(MIXTURES);
            }
        }
    }

    @Test
    void someVoicesBeginWithTheStream() {
        Mixer plain = mixer(MixingSpec.plain());
        Mixer early = mixer(new MixingSpec(EnumSet.complementOf(EnumSet.of(Variation.EARLY_ONSETS)), null, null));
        int moved = 0;
        for (int index = 0; index < MIXTURES; index++) {
            float[] before = plain.draw(index, SAMPLES).speech();
            float[] after = early.draw(index, SAMPLES).speech();
            if (!Arrays.equals(before, after)) {
                moved++;
                assertThat(Math.abs(after[0])).isGreaterThan(0.019f * SampleMath.peak(after));
            }
        }
        assertThat(moved).isBetween(MIXTURES / 10, MIXTURES / 2);
    }

    @Test
    void withoutVariationsAMixtureIsItsVoiceAndTheNoiseAtTheSnr() {
        Mixer mixer = mixer(MixingSpec.plain());
        for (int index = 0; index < 10; index++) {
            Mixer.Mixture mixture = mixer.draw(index, SAMPLES);
            float[] rest = new float[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                rest[i] = mixture.mixture()[i] - mixture.speech()[i];
            }
            double snr = SampleMath.activePower(mixture.speech()) / (SampleMath.energy(rest) / SAMPLES);
            assertThat(10 * Math.log10(snr)).isCloseTo(mixture.snrDb(), within(0.1));
        }
    }

    private Mixer mixer(MixingSpec spec) {
        return new Mixer(speech, noise, RATE_HZ, 5, spec);
    }

    private static void write(Path file, long seed) throws IOException {
        Files.createDirectories(file.getParent());
        SplittableRandom random = new SplittableRandom(seed);
        float[] samples = new float[3 * RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 0.1f * (float) (Math.sin(0.01 * (seed + 3) * i) + 0.3 * random.nextGaussian());
        }
        AudioFiles.writeWav(file, new AudioClip(samples, RATE_HZ));
    }
}
