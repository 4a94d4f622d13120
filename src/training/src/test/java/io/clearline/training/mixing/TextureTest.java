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

import java.util.SplittableRandom;
import org.jtransforms.fft.FloatFFT_1D;
import org.junit.jupiter.api.Test;

/** Textures and ambiences are steady where a recording isn't, each in bands of its own. */
class TextureTest {
    private static final int RATE_HZ = 16_000;
    private static final int SAMPLES = 4 * RATE_HZ;

    @Test
    void aTextureOfOneBeepSoundsAllTheTimeAndAtItsPitch() {
        float[] beep = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            // Half a second of each second.
            beep[i] = i % RATE_HZ < RATE_HZ / 2 ? (float) Math.sin(2 * Math.PI * 1000 * i / RATE_HZ) : 0;
        }
        for (int seed = 0; seed < 10; seed++) {
            float[] texture = Texture.of(beep, new SplittableRandom(seed), RATE_HZ);

            assertThat(silentSeconds(texture)).as("seed %d", seed).isLessThan(silentSeconds(beep) / 2);
            assertThat(share(texture, 900, 1100)).as("seed %d", seed).isGreaterThan(0.9);
        }
    }

    @Test
    void ambiencesDifferInTheirBandsAndHaveNoPause() {
        double lowest = 1;
        double highest = 0;
        for (int seed = 0; seed < 20; seed++) {
            float[] ambience = Ambience.draw(new SplittableRandom(seed), SAMPLES, RATE_HZ);
            double share = share(ambience, 0, 500);
            lowest = Math.min(lowest, share);
            highest = Math.max(highest, share);

            assertThat(silentSeconds(ambience)).as("seed %d", seed).isZero();
        }
        assertThat(lowest).isLessThan(0.5);
        assertThat(highest).isGreaterThan(0.95);
    }

    /** Seconds in blocks of 20 ms that are 30 dB under the mean. */
    private static double silentSeconds(float[] samples) {
        double mean = SampleMath.energy(samples) / samples.length;
        int silent = 0;
        for (int at = 0; at + 320 <= samples.length; at += 320) {
            double sum = 0;
            for (int i = at; i < at + 320; i++) {
                sum += samples[i] * samples[i];
            }
            silent += sum / 320 < 1e-3 * mean ? 1 : 0;
        }
        return silent * 0.02;
    }

    /** Share of the energy between two frequencies. */
    private static double share(float[] samples, int lowHz, int highHz) {
        float[] spectrum = samples.clone();
        new FloatFFT_1D(spectrum.length).realForward(spectrum);
        double between = 0;
        double all = 0;
        for (int bin = 1; bin < spectrum.length / 2; bin++) {
            double power = Math.pow(spectrum[2 * bin], 2) + Math.pow(spectrum[2 * bin + 1], 2);
            double hertz = (double) bin * RATE_HZ / spectrum.length;
            between += hertz >= lowHz && hertz < highHz ? power : 0;
            all += power;
        }
        return between / all;
    }
}
