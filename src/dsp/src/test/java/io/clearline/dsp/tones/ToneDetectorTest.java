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
package io.clearline.dsp.tones;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.AudioFiles;
import io.clearline.testkit.Allocation;
import io.clearline.testkit.Dtmf;
import io.clearline.testkit.Samples;
import io.clearline.testkit.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToneDetectorTest {
    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void everyDigitOf40MillisecondsIsFound(int rateHz) {
        String digits = Dtmf.DIGITS;
        boolean[] found = found(Dtmf.send(digits, 40, rateHz, 0.1), rateHz);
        int tone = rateHz * 40 / 1000;
        for (int d = 0; d < digits.length(); d++) {
            int begin = (2 * d + 1) * tone;
            assertThat(first(found, begin)).as("digit " + digits.charAt(d)).isBetween(begin, begin + tone);
        }
    }

    /** The parameters are levels in dB whose difference is within the tolerance of Q.24. */
    @ParameterizedTest
    @CsvSource({"8, 0", "0, 4", "0, 0"})
    void aTwistWithinQ24IsADigit(double rowDb, double columnDb) {
        float[] row = Signals.sine(800, 770, 8_000, 0.05 * Math.pow(10, rowDb / 20));
        float[] column = Signals.sine(800, 1_477, 8_000, 0.05 * Math.pow(10, columnDb / 20));
        assertThat(count(found(sum(row, column), 8_000))).isPositive();
    }

    @Test
    void oneFrequencyAloneIsNoDigit() {
        assertThat(count(found(Signals.sine(8_000, 770, 8_000, 0.3), 8_000))).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {425, 440, 1_100, 2_100})
    void aSteadyToneOfTheNetworkIsFound(double hz) {
        assertThat(count(found(Signals.sine(8_000, hz, 8_000, 0.1), 8_000))).isGreaterThan(10);
    }

    @Test
    void ringbackOfTwoFrequenciesIsFound() {
        float[] both = sum(Signals.sine(8_000, 440, 8_000, 0.1), Signals.sine(8_000, 480, 8_000, 0.1));
        assertThat(count(found(both, 8_000))).isGreaterThan(10);
    }

    @Test
    void noiseAndSilenceHaveNoTones() {
        assertThat(count(found(Signals.whiteNoise(80_000, 0.1, 1), 8_000))).isZero();
        assertThat(count(found(new float[8_000], 8_000))).isZero();
    }

    /** Speech may cause false positives for at most a hundredth of the time, which is not audible. */
    @Test
    void speechHasHardlyAny() throws IOException {
        int blocks = 0;
        int alarms = 0;
        for (java.nio.file.Path file : Samples.speech()) {
            boolean[] found = found(AudioFiles.read(file).samples(), 16_000);
            alarms += count(found);
            blocks += found.length / 204;
        }
        assertThat(alarms).isLessThan(blocks / 100);
    }

    /**
     * The speech is as loud as the digits, so many digits are not clear in single blocks of 12.75 ms. Each digit of 80
     * ms must be found early enough to leave a decoder the 40 ms that it needs.
     */
    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void everyDigitUnderLoudSpeechIsFoundInTime(int rateHz) throws IOException {
        int tone = rateHz * 80 / 1000;
        String digits = Dtmf.random(100, 4);
        float[] samples = sum(Dtmf.send(digits, 80, rateHz, 0.12), loudSpeech(rateHz));
        boolean[] found = found(samples, rateHz);
        int late = 0;
        for (int d = 0; d < digits.length(); d++) {
            int begin = (2 * d + 1) * tone;
            late += first(found, begin) > begin + tone * 3 / 4 ? 1 : 0;
        }
        assertThat(late).isLessThanOrEqualTo(1);
    }

    /** Returns the concatenated sample speech, scaled to the energy of digits with amplitude 0.12. */
    private static float[] loudSpeech(int rateHz) throws IOException {
        float[] speech = new float[rateHz * 17];
        int at = 0;
        for (int file = 0; at < speech.length; file++) {
            float[] part = AudioFiles.read(
                            Samples.speech().get(file % Samples.speech().size()))
                    .samples();
            double energy = 0;
            for (float sample : part) {
                energy += sample * sample;
            }
            float gain = (float) (0.1 / Math.sqrt(energy / part.length));
            for (int i = 0; i < part.length * (long) rateHz / 16_000 && at < speech.length; i++) {
                speech[at++] = gain * part[(int) (i * 16_000L / rateHz)];
            }
        }
        return speech;
    }

    @Test
    void aSignalBegunByAReleaseThatJudgedSingleBlocksGoesOnLikeThat() throws IOException {
        float[] samples = sum(Dtmf.send(Dtmf.random(100, 4), 80, 16_000, 0.12), loudSpeech(16_000));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ToneDetector(16_000).writeTo(new DataOutputStream(bytes));
        ToneDetector older = new ToneDetector(16_000);
        older.readWithoutWindowFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        older.writeTo(new DataOutputStream(again));
        ToneDetector restored = new ToneDetector(16_000);
        restored.readFrom(new DataInputStream(new ByteArrayInputStream(again.toByteArray())));

        boolean[] single = new boolean[samples.length];
        run(restored, samples, 0, samples.length, single);
        assertThat(count(single)).isLessThan(count(found(samples, 16_000)) * 9 / 10);
        restored.reset();
        boolean[] anew = new boolean[samples.length];
        run(restored, samples, 0, samples.length, anew);
        assertThat(anew).isEqualTo(found(samples, 16_000));
    }

    @Test
    void aStoredDetectorGoesOnAsIfNothingHadHappened() throws IOException {
        float[] samples = Dtmf.send(Dtmf.DIGITS, 50, 8_000, 0.1);
        boolean[] whole = found(samples, 8_000);
        ToneDetector detector = new ToneDetector(8_000);
        boolean[] parts = new boolean[samples.length];
        for (int from = 0; from < samples.length; from += 377) {
            run(detector, samples, from, Math.min(samples.length, from + 377), parts);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            detector.writeTo(new DataOutputStream(bytes));
            detector = new ToneDetector(8_000);
            detector.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void allocatesNothing() {
        ToneDetector detector = new ToneDetector(8_000);
        float[] samples = Signals.whiteNoise(160, 0.1, 1);
        boolean[] found = new boolean[160];
        Allocation.assertNoAllocation(2_000, 200, () -> run(detector, samples, 0, 160, found));
    }

    /** Returns, for each sample, whether a call that ended with it detected a tone. */
    private static boolean[] found(float[] samples, int rateHz) {
        boolean[] found = new boolean[samples.length];
        run(new ToneDetector(rateHz), samples, 0, samples.length, found);
        return found;
    }

    private static void run(ToneDetector detector, float[] samples, int from, int to, boolean[] found) {
        int at = from;
        while (at < to) {
            int length = Math.min(to - at, detector.nextDecision());
            boolean tone = detector.push(samples, at, length);
            at += length;
            found[at - 1] = tone;
        }
    }

    private static int first(boolean[] found, int from) {
        int at = from;
        while (at < found.length && !found[at]) {
            at++;
        }
        return at;
    }

    private static int count(boolean[] found) {
        int count = 0;
        for (boolean each : found) {
            count += each ? 1 : 0;
        }
        return count;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = a.clone();
        for (int i = 0; i < Math.min(sum.length, b.length); i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
