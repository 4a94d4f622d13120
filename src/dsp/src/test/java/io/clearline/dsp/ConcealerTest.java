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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clearline.testkit.Allocation;
import io.clearline.testkit.Samples;
import io.clearline.testkit.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcealerTest {
    private static final int RATE_HZ = 16_000;
    private static final int FRAME = 320;

    /** The period is 80 samples, so the correct continuation is known. */
    @ParameterizedTest
    @CsvSource({"8000,100", "8000,200", "16000,125", "16000,200", "48000,250"})
    void goesOnWithASine(int sampleRateHz, int frequencyHz) {
        float[] sine = Signals.sine(sampleRateHz / 5, frequencyHz, sampleRateHz, 0.5);
        int lostFrom = sampleRateHz / 10;
        Concealer concealer = new Concealer(sampleRateHz);
        concealer.received(sine.clone(), 0, lostFrom);
        float[] concealed = new float[sampleRateHz * 60 / 1000];
        concealer.conceal(concealed, 0, concealed.length);
        for (int i = 0; i < concealed.length; i++) {
            assertThat(concealed[i]).as("sample %d", i).isCloseTo(sine[lostFrom + i], within(0.01f));
        }
    }

    @Test
    void fadesToSilenceAfterSixtyMilliseconds() {
        Concealer concealer = new Concealer(RATE_HZ);
        concealer.received(Signals.sine(RATE_HZ, 200, RATE_HZ, 0.5), 0, RATE_HZ);
        float[] concealed = new float[RATE_HZ / 5];
        concealer.conceal(concealed, 0, concealed.length);
        assertThat(peak(concealed, 50 * 16, 60 * 16)).isGreaterThan(0.49f);
        assertThat(peak(concealed, 70 * 16, 75 * 16)).isBetween(0.2f, 0.3f);
        assertThat(peak(concealed, 80 * 16, concealed.length)).isZero();
    }

    @Test
    void givesTheSameSamplesHoweverTheLossIsDivided() throws IOException {
        float[] speech = speech();
        Concealer whole = new Concealer(RATE_HZ);
        Concealer cut = new Concealer(RATE_HZ);
        whole.received(speech.clone(), 0, RATE_HZ);
        for (int at = 0; at < RATE_HZ; at += FRAME) {
            cut.received(speech.clone(), at, FRAME);
        }
        float[] expected = new float[1_600];
        float[] actual = new float[1_600];
        whole.conceal(expected, 0, 1_600);
        for (int at = 0; at < 1_600; at += 160) {
            cut.conceal(actual, at, 160);
        }
        assertThat(actual).isEqualTo(expected);
    }

    /**
     * Loses every twentieth frame of 20 ms. The concealment must be closer to the speech than silence is, and must not
     * contain larger steps than the speech.
     */
    @Test
    void repairsSpeechBetterThanSilenceDoes() throws IOException {
        float[] speech = speech();
        double concealedError = 0;
        double silenceError = 0;
        for (int lost = 20; (lost + 1) * FRAME < speech.length; lost += 20) {
            Concealer concealer = new Concealer(RATE_HZ);
            concealer.received(speech.clone(), 0, lost * FRAME);
            float[] concealed = new float[FRAME];
            concealer.conceal(concealed, 0, FRAME);
            for (int i = 0; i < FRAME; i++) {
                float truth = speech[lost * FRAME + i];
                concealedError += (concealed[i] - truth) * (concealed[i] - truth);
                silenceError += truth * truth;
            }
            float steepest = steepest(speech, lost * FRAME - 640, lost * FRAME);
            assertThat(Math.abs(concealed[0] - speech[lost * FRAME - 1])).isLessThanOrEqualTo(steepest + 1e-4f);
        }
        assertThat(concealedError).isLessThan(silenceError);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 4_800})
    void crossFadesIntoTheReturningSignal(int lostSamples) {
        float[] sine = Signals.sine(RATE_HZ, 200, RATE_HZ, 0.5);
        Concealer concealer = new Concealer(RATE_HZ);
        concealer.received(sine.clone(), 0, 8_000);
        float[] concealed = new float[lostSamples];
        concealer.conceal(concealed, 0, lostSamples);
        // An offset of half a period is the worst case for a click.
        float[] back = Arrays.copyOfRange(sine, 8_040, 8_040 + FRAME);
        float[] untouched = back.clone();
        concealer.received(back, 0, FRAME);
        assertThat(Math.abs(back[0] - concealed[lostSamples - 1])).isLessThan(0.08f);
        assertThat(steepest(back, 0, FRAME)).isLessThan(0.08f);
        assertThat(Arrays.copyOfRange(back, 64, FRAME)).isEqualTo(Arrays.copyOfRange(untouched, 64, FRAME));
    }

    @Test
    void leavesSamplesAloneWhenNothingWasLost() throws IOException {
        float[] speech = speech();
        float[] received = speech.clone();
        new Concealer(RATE_HZ).received(received, 0, received.length);
        assertThat(received).isEqualTo(speech);
    }

    @Test
    void beginsWithSilenceWhenTheFirstFrameIsLost() {
        float[] out = Signals.whiteNoise(FRAME, 1, 6);
        new Concealer(RATE_HZ).conceal(out, 0, FRAME);
        assertThat(out).containsOnly(0f);
    }

    @Test
    void goesOnFromStoredStateAsIfNothingHadHappened() throws IOException {
        float[] speech = speech();
        Concealer first = new Concealer(RATE_HZ);
        first.received(speech.clone(), 0, RATE_HZ);
        first.conceal(new float[500], 0, 500);
        Concealer second = new Concealer(RATE_HZ);
        second.readFrom(new DataInputStream(new ByteArrayInputStream(stored(first))));
        assertThat(lossAndReturn(second, speech)).isEqualTo(lossAndReturn(first, speech));
    }

    @Test
    void refusesTheStateOfAnotherRate() throws IOException {
        Concealer first = new Concealer(48_000);
        first.received(Signals.sine(9_600, 100, 48_000, 0.5), 0, 9_600);
        first.conceal(new float[960], 0, 960);
        byte[] stored = stored(first);
        assertThatThrownBy(() -> new Concealer(8_000).readFrom(new DataInputStream(new ByteArrayInputStream(stored))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another sample rate");
    }

    @Test
    void allocatesNothing() {
        Concealer concealer = new Concealer(8_000);
        float[] frame = Signals.whiteNoise(160, 0.5, 7);
        Allocation.assertNoAllocation(2_000, 500, () -> {
            concealer.received(frame, 0, 160);
            concealer.conceal(frame, 0, 160);
        });
    }

    private static float[] lossAndReturn(Concealer concealer, float[] speech) {
        float[] out = Arrays.copyOf(speech, 2_000);
        concealer.conceal(out, 0, 700);
        concealer.received(out, 700, 1_000);
        concealer.conceal(out, 1_700, 300);
        return out;
    }

    private static byte[] stored(Concealer concealer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        concealer.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static float[] speech() throws IOException {
        return AudioFiles.read(Samples.speech().get(0)).samples();
    }

    private static float peak(float[] samples, int from, int to) {
        float peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }

    private static float steepest(float[] samples, int from, int to) {
        float steepest = 0;
        for (int i = from + 1; i < to; i++) {
            steepest = Math.max(steepest, Math.abs(samples[i] - samples[i - 1]));
        }
        return steepest;
    }
}
