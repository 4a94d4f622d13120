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
package io.clearline.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.testkit.Signals;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the transform with its formula in double precision, for lengths of all radices. */
@Tag("jdk")
class RealFftTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 10, 14, 22, 26, 30, 32, 34, 160, 256, 320, 400, 441 * 2, 512, 640, 1024, 1280, 4096})
    void matchesItsFormula(int length) {
        float[] samples = Signals.whiteNoise(length, 1.0, 7);
        float[] window = Signals.whiteNoise(length, 1.0, 8);
        float[] spectrum = new float[length + 2];

        new RealFft(length, FftPasses.best()).forward(samples, 0, window, spectrum, 0);

        double tolerance = 2e-7 * Math.sqrt(length) * Math.log(length + 1);
        for (int k = 0; k <= length / 2; k++) {
            double re = 0;
            double im = 0;
            for (int n = 0; n < length; n++) {
                double angle = 2 * Math.PI * ((long) n * k % length) / length;
                re += (double) samples[n] * window[n] * Math.cos(angle);
                im -= (double) samples[n] * window[n] * Math.sin(angle);
            }
            assertThat((double) spectrum[k]).as("re of %d", k).isCloseTo(re, within(tolerance));
            assertThat((double) spectrum[length / 2 + 1 + k]).as("im of %d", k).isCloseTo(im, within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 30, 160, 256, 320, 400, 512, 640, 1280, 2000, 4096})
    void vectorsGiveTheBitsOfPlainJava(int length) {
        assertThat(thereAndBack(length, FftPasses.vector().orElseThrow()))
                .isEqualTo(thereAndBack(length, FftPasses.PLAIN));
    }

    /** Returns the bits of the spectrum and of the samples. */
    private static int[] thereAndBack(int length, FftPasses passes) {
        float[] samples = Signals.whiteNoise(length, 1.0, 10);
        // Silence in a part of the window produces zeros of both signs.
        Arrays.fill(samples, 0, length / 2, 0);
        float[] window = Signals.whiteNoise(length, 1.0, 11);
        float[] result = new float[2 * length + 2];
        RealFft fft = new RealFft(length, passes);
        fft.forward(samples, 0, window, result, 0);
        fft.inverseInto(result, 0, window, result, length + 2);
        int[] bits = new int[result.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(result[i]);
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 14, 30, 256, 320, 400, 640, 4096})
    void theInverseAddsTheSamplesToWhatIsThere(int length) {
        float[] samples = Signals.whiteNoise(length, 1.0, 9);
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        float[] spectrum = new float[length + 5];
        float[] sums = new float[length + 3];
        Arrays.fill(sums, 2);
        RealFft fft = new RealFft(length, FftPasses.best());

        fft.forward(samples, 0, ones, spectrum, 1);
        fft.inverseInto(spectrum, 1, ones, sums, 3);

        for (int n = 0; n < length; n++) {
            assertThat(sums[3 + n] - 2).as("sample %d", n).isCloseTo(samples[n], within(2e-6f));
        }
    }
}
