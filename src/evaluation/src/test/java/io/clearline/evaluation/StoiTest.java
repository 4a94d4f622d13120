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

import io.clearline.testkit.Signals;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StoiTest {
    private static final int RATE_HZ = SpeechMixture.RATE_HZ;

    @Test
    void identicalSpeechIsFullyIntelligibleAtAnyLevel() {
        float[] speech = SpeechMixture.speech();
        float[] quieter = speech.clone();
        for (int i = 0; i < quieter.length; i++) {
            quieter[i] *= 0.1f;
        }
        assertThat(Stoi.stoi(speech, speech, RATE_HZ)).isCloseTo(1, within(1e-9));
        assertThat(Stoi.stoi(speech, quieter, RATE_HZ)).isCloseTo(1, within(1e-4));
    }

    @Test
    void increasesWithTheSignalToNoiseRatio() {
        float[] speech = SpeechMixture.seconds(4);
        double last = 0;
        for (int snrDb = -12; snrDb <= 30; snrDb += 6) {
            double score = Stoi.stoi(speech, SpeechMixture.withWhiteNoise(speech, snrDb), RATE_HZ);
            assertThat(score).as("at %d dB", snrDb).isGreaterThan(last);
            last = score;
        }
        assertThat(last).isBetween(0.95, 1.0);
    }

    @Test
    void pureNoiseIsNotIntelligible() {
        // Not zero, because clipping the noise to the clean envelope makes it correlate a little.
        float[] speech = SpeechMixture.seconds(4);
        assertThat(Stoi.stoi(speech, Signals.whiteNoise(speech.length, 0.3, 3), RATE_HZ))
                .isLessThan(0.4);
    }

    @Test
    void agreesWithAnIndependentImplementationOfThePaper() {
        assertThat(Stoi.stoi(burstsWithNoise(0), burstsWithNoise(0.1), 10_000)).isCloseTo(0.9933123, within(1e-4));
        assertThat(Stoi.stoi(burstsWithNoise(0), burstsWithNoise(0.5), 10_000)).isCloseTo(0.8591622, within(1e-4));
        assertThat(Stoi.stoi(burstsWithNoise(0), burstsWithNoise(2), 10_000)).isCloseTo(0.4306142, within(1e-4));
    }

    @Test
    void theExtendedFormAgreesWithAnIndependentImplementation() {
        // The other implementation (pystoi) omits the last frame.
        Stoi stoi = new Stoi(burstsWithNoise(0), 10_000);
        assertThat(stoi.extendedOf(burstsWithNoise(0))).isCloseTo(1, within(1e-9));
        assertThat(stoi.extendedOf(burstsWithNoise(0.1))).isCloseTo(0.92127, within(2e-3));
        assertThat(stoi.extendedOf(burstsWithNoise(0.5))).isCloseTo(0.52272, within(2e-3));
        assertThat(stoi.extendedOf(burstsWithNoise(2))).isCloseTo(0.10925, within(2e-3));
    }

    @Test
    void silenceInTheReferenceDoesNotCount() {
        float[] speech = SpeechMixture.seconds(3);
        float[] noisy = SpeechMixture.withWhiteNoise(speech, 3);
        // A pause of a whole number of hops at 10 kHz, so that the frames fall on the same samples.
        int pause = 256 * 16;
        float[] speechLater = shifted(speech, pause);
        float[] noisyLater = shifted(noisy, pause);
        Arrays.fill(noisyLater, 0, pause - 512, 0.01f);
        assertThat(Stoi.stoi(speechLater, noisyLater, RATE_HZ))
                .isCloseTo(Stoi.stoi(speech, noisy, RATE_HZ), within(0.005));
    }

    @Test
    void tooLittleSpeechHasNoScore() {
        assertThat(Stoi.stoi(Signals.whiteNoise(3000, 0.1, 1), Signals.whiteNoise(3000, 0.1, 2), RATE_HZ))
                .isNaN();
    }

    @Test
    void refusesASignalOfAnotherLength() {
        Stoi stoi = new Stoi(SpeechMixture.seconds(1), RATE_HZ);
        assertThatThrownBy(() -> stoi.of(new float[10])).hasMessageContaining("16000 samples, estimate has 10");
    }

    /** Returns two seconds at 10 kHz of noise in bursts, three per second, plus steady noise. */
    private static float[] burstsWithNoise(double noiseGain) {
        long burst = 1;
        long noise = 2;
        float[] samples = new float[20_000];
        for (int i = 0; i < samples.length; i++) {
            burst = next(burst);
            noise = next(noise);
            double swing = Math.max(0, Math.sin(2 * Math.PI * 3 * i / 10_000.0));
            samples[i] = (float) (swing * swing * uniform(burst) + noiseGain * uniform(noise));
        }
        return samples;
    }

    private static long next(long state) {
        return (state * 1103515245L + 12345) % 2147483648L;
    }

    private static double uniform(long state) {
        return state / 1073741824.0 - 1;
    }

    private static float[] shifted(float[] samples, int by) {
        float[] shifted = new float[samples.length + by];
        System.arraycopy(samples, 0, shifted, by, samples.length);
        return shifted;
    }
}
