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
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class BssSdrTest {

    @Test
    void agreesWithADirectLeastSquaresProjection() {
        int delays = 24;
        float[] reference = Signals.whiteNoise(400, 0.5, 1);
        float[] estimate = SpeechMixture.mixed(reference, Signals.whiteNoise(400, 0.5, 2), 4);
        SimpleMatrix delayed = new SimpleMatrix(reference.length + delays - 1, delays);
        SimpleMatrix padded = new SimpleMatrix(reference.length + delays - 1, 1);
        for (int n = 0; n < reference.length; n++) {
            padded.set(n, 0, estimate[n]);
            for (int delay = 0; delay < delays; delay++) {
                delayed.set(n + delay, delay, reference[n]);
            }
        }
        SimpleMatrix target = delayed.mult(delayed.solve(padded));
        double targetEnergy = Math.pow(target.normF(), 2);
        double restEnergy = Math.pow(padded.minus(target).normF(), 2);

        assertThat(BssSdr.sdrDb(reference, estimate, delays))
                .isCloseTo(10 * Math.log10(targetEnergy / restEnergy), within(1e-6));
    }

    @Test
    void noiseAtFiveDecibelsIsAboutFiveDecibels() {
        float[] speech = SpeechMixture.speech();
        assertThat(BssSdr.sdrDb(speech, SpeechMixture.withWhiteNoise(speech, 5)))
                .isCloseTo(5, within(0.3));
    }

    @Test
    void aShortFilterOfTheReferenceIsNoDistortion() {
        float[] speech = SpeechMixture.speech();
        float[] filtered = new float[speech.length];
        for (int i = 40; i < speech.length; i++) {
            filtered[i] = 0.5f * speech[i - 3] - 0.2f * speech[i - 40];
        }
        assertThat(BssSdr.sdrDb(speech, filtered)).isGreaterThan(50);
        assertThat(SiSdr.siSdrDb(speech, filtered)).isLessThan(20);
    }

    @Test
    void silenceHasTheMinimumScoreAndTheReferenceAHighOne() {
        float[] speech = SpeechMixture.speech();
        assertThat(BssSdr.sdrDb(speech, new float[speech.length])).isEqualTo(-120);
        assertThat(BssSdr.sdrDb(speech, speech)).isGreaterThan(70);
    }

    @Test
    void fiveSecondsTakeWellUnderATenthOfASecond() {
        float[] speech = SpeechMixture.seconds(5);
        float[] mixture = SpeechMixture.withWhiteNoise(speech, 0);
        for (int i = 0; i < 5; i++) {
            BssSdr.sdrDb(speech, mixture);
        }
        long fastestNanos = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            BssSdr.sdrDb(speech, mixture);
            fastestNanos = Math.min(fastestNanos, System.nanoTime() - start);
        }
        System.out.printf("BssSdr, 5 s at 16 kHz: %.1f ms%n", fastestNanos / 1e6);
        assertThat(fastestNanos).isLessThan(100_000_000L);
    }

    @Test
    void reportsDifferentLengthsAndASilentReference() {
        assertThatThrownBy(() -> BssSdr.sdrDb(new float[] {1, 2, 3}, new float[] {1, 2}))
                .hasMessageContaining("reference has 3 samples, estimate has 2");
        assertThatThrownBy(() -> BssSdr.sdrDb(new float[2000], new float[2000])).hasMessageContaining("silent");
        assertThatThrownBy(() -> BssSdr.sdrDb(new float[] {1, 2}, new float[] {1, Float.NaN}))
                .hasMessageContaining("NaN");
    }
}
