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

import io.clearline.testkit.Allocation;
import io.clearline.testkit.Samples;
import io.clearline.testkit.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    private static final double PASS_BAND_DB = 0.02;
    private static final double STOP_BAND_DB = -49.9;

    private static final int[] RATES_HZ = {8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000};

    static Stream<Arguments> everyPairOfRates() {
        return Arrays.stream(RATES_HZ)
                .boxed()
                .flatMap(in -> Arrays.stream(RATES_HZ).filter(out -> out != in).mapToObj(out -> Arguments.of(in, out)));
    }

    @ParameterizedTest
    @MethodSource("everyPairOfRates")
    void givesTheSameBitsHoweverTheInputIsCut(int inputRateHz, int outputRateHz) {
        float[] noise = Signals.whiteNoise(2_357, 0.5, 3);
        float[] whole = RoundTrip.resample(noise, inputRateHz, outputRateHz, noise.length);
        assertThat(RoundTrip.resample(noise, inputRateHz, outputRateHz, 1)).isEqualTo(whole);
        assertThat(RoundTrip.resample(noise, inputRateHz, outputRateHz, 441)).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("everyPairOfRates")
    void givesAsManyOutputsAsLieBeforeTheEndOfTheInput(int inputRateHz, int outputRateHz) {
        for (int samples : new int[] {1, 2, 3, 159, 160, 1_001}) {
            int outputs = RoundTrip.resample(new float[samples], inputRateHz, outputRateHz, 100).length;
            assertThat(outputs).isEqualTo((int) (((long) samples * outputRateHz + inputRateHz - 1) / inputRateHz));
        }
    }

    @ParameterizedTest
    @MethodSource("everyPairOfRates")
    void neverShiftsTheSignal(int inputRateHz, int outputRateHz) {
        float[] sine = Signals.sine(inputRateHz / 2, 700, inputRateHz, 0.5);
        float[] expected = Signals.sine(outputRateHz / 2, 700, outputRateHz, 0.5);
        float[] actual = RoundTrip.resample(sine, inputRateHz, outputRateHz, 160);
        // Skips the ends, where the filter includes silence. At these rates, 2 % of the amplitude corresponds to a
        // hundredth of a sample.
        float farthest = 0;
        for (int i = outputRateHz / 100; i < expected.length - outputRateHz / 100; i++) {
            farthest = Math.max(farthest, Math.abs(actual[i] - expected[i]));
        }
        assertThat(farthest).isLessThanOrEqualTo(0.005f);
    }

    @ParameterizedTest
    @MethodSource("everyPairOfRates")
    void neverGivesMoreThanItPromises(int inputRateHz, int outputRateHz) {
        Resampler resampler = new Resampler(inputRateHz, outputRateHz);
        for (int length = 1; length < 600; length++) {
            int promised = resampler.maxOutputSamples(length);
            assertThat(resampler.process(new float[length], 0, length, new float[promised], 0))
                    .isLessThanOrEqualTo(promised);
        }
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "16000,8000"})
    void looksAheadTwoMillisecondsAtMost(int inputRateHz, int outputRateHz) {
        assertThat(new Resampler(inputRateHz, outputRateHz).lookAheadSamples() * 1000.0 / inputRateHz)
                .isLessThanOrEqualTo(2.0);
    }

    /** Checks the figures in the Javadoc of {@link Resampler}. */
    @ParameterizedTest
    @CsvSource({"8000,16000", "16000,8000", "48000,16000", "16000,48000"})
    void isFlatInThePassBand(int inputRateHz, int outputRateHz) {
        int lower = Math.min(inputRateHz, outputRateHz);
        double most = 0;
        for (double place = 0.02; place <= 0.375; place += 0.005) {
            most = Math.max(most, Math.abs(gainDb(place * lower, inputRateHz, outputRateHz)));
        }
        assertThat(most).isLessThan(PASS_BAND_DB);
        assertThat(gainDb(0.42 * lower, inputRateHz, outputRateHz)).isGreaterThan(-0.16);
    }

    @Test
    void keepsWhatDoesNotFitTheLowerRateOut() {
        double most = -200;
        for (int frequencyHz = 4_100; frequencyHz <= 7_900; frequencyHz += 20) {
            most = Math.max(most, gainDb(frequencyHz, 16_000, 8_000));
        }
        assertThat(most).isLessThan(STOP_BAND_DB);
    }

    @Test
    void bringsTelephonySpeechBackFromTheModelsRate() throws IOException {
        AudioClip clip = AudioFiles.read(Samples.speech().get(0));
        float[] narrow = RoundTrip.resample(clip.samples(), clip.sampleRateHz(), 8_000, 320);
        float[] back = RoundTrip.resample(RoundTrip.resample(narrow, 8_000, 16_000, 160), 16_000, 8_000, 320);
        assertThat(back).hasSameSizeAs(narrow);
        double signal = 0;
        double error = 0;
        for (int i = 0; i < narrow.length; i++) {
            signal += narrow[i] * narrow[i];
            error += (narrow[i] - back[i]) * (narrow[i] - back[i]);
        }
        assertThat(10 * Math.log10(signal / error)).isGreaterThan(45);
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "16000,8000", "44100,16000", "16000,44100", "44099,16000", "16000,44099"})
    void allocatesNothing(int inputRateHz, int outputRateHz) {
        Resampler resampler = new Resampler(inputRateHz, outputRateHz);
        float[] in = Signals.whiteNoise(160, 0.5, 4);
        float[] out = new float[resampler.maxOutputSamples(160)];
        Allocation.assertNoAllocation(3_000, 1_000, () -> resampler.process(in, 0, 160, out, 0));
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "44100,16000", "11025,48000", "44099,16000"})
    void goesOnFromStoredStateAsIfNothingHadHappened(int inputRateHz, int outputRateHz) throws IOException {
        float[] noise = Signals.whiteNoise(2_000, 0.5, 5);
        Resampler first = new Resampler(inputRateHz, outputRateHz);
        float[] expected = new float[first.maxOutputSamples(2_000)];
        first.process(noise, 0, 1_003, expected, 0);
        Resampler second = new Resampler(inputRateHz, outputRateHz);
        second.readFrom(new DataInputStream(new ByteArrayInputStream(stored(first))));
        float[] actual = expected.clone();
        assertThat(second.process(noise, 1_003, 997, actual, 0))
                .isEqualTo(first.process(noise, 1_003, 997, expected, 0));
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void refusesTheStateOfOtherRates() throws IOException {
        Resampler first = new Resampler(11_025, 48_000);
        first.process(new float[100], 0, 100, new float[first.maxOutputSamples(100)], 0);
        byte[] stored = stored(first);
        assertThatThrownBy(() ->
                        new Resampler(16_000, 8_000).readFrom(new DataInputStream(new ByteArrayInputStream(stored))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other sample rates");
    }

    private static byte[] stored(Resampler resampler) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        resampler.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** Returns the power of the output for a sine, at any frequency. */
    private static double gainDb(double frequencyHz, int inputRateHz, int outputRateHz) {
        float[] sine = Signals.sine(inputRateHz / 5, frequencyHz, inputRateHz, 1.0);
        float[] out = RoundTrip.resample(sine, inputRateHz, outputRateHz, sine.length);
        int edge = outputRateHz / 50;
        double power = 0;
        for (int i = edge; i < out.length - edge; i++) {
            power += out[i] * out[i];
        }
        return 10 * Math.log10(2 * power / (out.length - 2 * edge) + 1e-20);
    }

    @Test
    void streamsOfTheSameRatesShareOneFilter() {
        assertThat(ResamplingFilter.of(44_100, 16_000)).isSameAs(ResamplingFilter.of(44_100, 16_000));
        assertThat(ResamplingFilter.of(44_100, 16_000).phases())
                .isNotEqualTo(ResamplingFilter.of(16_000, 44_100).phases());
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 22_050, 44_100, 48_000})
    void anotherStreamOfTheSameRatesCostsItsMemoryAlone(int sampleRateHz) {
        new Resampler(sampleRateHz, 16_000);
        new Resampler(16_000, sampleRateHz);
        // Uses the minimum of several rounds, because the JVM itself may allocate in one of them.
        long bytes = LongStream.generate(() -> Allocation.bytesAllocatedBy(100, () -> {
                    new Resampler(sampleRateHz, 16_000);
                    new Resampler(16_000, sampleRateHz);
                }))
                .limit(20)
                .min()
                .orElseThrow();
        assertThat(bytes / 100).as("a filter for 44.1 kHz takes 223 KB").isLessThan(16_000);
    }

    /** Rates whose filter of every phase would take 3 to 49 MB. */
    @ParameterizedTest
    @CsvSource({"44099,16000", "16000,44099", "191999,16000", "11127,16000"})
    void interpolatesRatesWithoutACommonDivisorAsIfEveryPhaseWereThere(int inputRateHz, int outputRateHz) {
        float[] noise = Signals.whiteNoise(inputRateHz / 20, 0.5, 6);
        Resampler few = new Resampler(inputRateHz, outputRateHz);
        Resampler every = new Resampler(ResamplingFilter.exact(inputRateHz, outputRateHz));
        float[] actual = new float[few.maxOutputSamples(noise.length)];
        float[] expected = new float[actual.length];
        int length = few.process(noise, 0, noise.length, actual, 0);
        assertThat(every.process(noise, 0, noise.length, expected, 0)).isEqualTo(length);
        double signal = 0;
        double error = 0;
        for (int i = 0; i < length; i++) {
            signal += expected[i] * expected[i];
            error += (expected[i] - actual[i]) * (expected[i] - actual[i]);
        }
        assertThat(10 * Math.log10(error / signal)).isLessThan(-100);
    }

    /** Checks the extremes of the rates that a file may have. */
    @ParameterizedTest
    @CsvSource({"767999,16000", "16000,767999", "767999,48000", "48000,767999", "11127,16000", "16000,11127"})
    void aFilterTakesTwoMegabytesAtMostWhateverTheRates(int inputRateHz, int outputRateHz) {
        assertThat(ResamplingFilter.of(inputRateHz, outputRateHz).phases().length * 4L)
                .isLessThanOrEqualTo(2L << 20);
        float[] sine = Signals.sine(inputRateHz, 100, inputRateHz, 0.5);
        float[] expected = Signals.sine(outputRateHz, 100, outputRateHz, 0.5);
        float[] actual = RoundTrip.resample(sine, inputRateHz, outputRateHz, 1_000);
        assertThat(actual).hasSameSizeAs(expected);
        float farthest = 0;
        for (int i = outputRateHz / 100; i < expected.length - outputRateHz / 100; i++) {
            farthest = Math.max(farthest, Math.abs(actual[i] - expected[i]));
        }
        assertThat(farthest).isLessThanOrEqualTo(0.005f);
    }

    @ParameterizedTest
    @CsvSource({"44099,16000", "16000,44099"})
    void givesTheSameBitsHoweverTheInputIsCutWhereItInterpolates(int inputRateHz, int outputRateHz) {
        givesTheSameBitsHoweverTheInputIsCut(inputRateHz, outputRateHz);
    }
}
