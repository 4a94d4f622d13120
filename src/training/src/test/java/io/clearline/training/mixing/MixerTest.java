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

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixerTest {
    @Test
    void noiseIsSetToTheSnrAndTheSumIsTheMixture() {
        float[] speech = gaussian(1, 16_000, 0.3f);
        float[] noise = gaussian(2, 16_000, 0.01f);

        for (double snrDb : new double[] {-6, 0, 9}) {
            Mixer.Mixture mixed = Mixer.mix(speech, noise, snrDb, 1);

            float[] rest = new float[speech.length];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = mixed.mixture()[i] - mixed.speech()[i];
            }
            assertThat(10 * Math.log10(energy(mixed.speech()) / energy(rest))).isCloseTo(snrDb, within(0.01));
        }
    }

    @Test
    void nothingClipsHoweverLoud() {
        Mixer.Mixture mixed = Mixer.mix(gaussian(3, 16_000, 1), gaussian(4, 16_000, 1), 0, 1000);

        for (float sample : mixed.mixture()) {
            assertThat(Math.abs(sample)).isLessThan(1);
        }
    }

    @Test
    void silenceAndSilenceMakeSilence() {
        Mixer.Mixture mixed = Mixer.mix(new float[1000], new float[1000], 3, 1);

        assertThat(mixed.mixture()).containsOnly(0f);
    }

    private static float[] gaussian(long seed, int samples, float gain) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[samples];
        for (int i = 0; i < samples; i++) {
            out[i] = gain * (float) random.nextGaussian();
        }
        return out;
    }

    private static double energy(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum;
    }
}
