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
import io.clearline.testkit.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("jdk")
class StftTest {
    private static final float[] NOISE = Signals.whiteNoise(8_000, 1.0, 1);

    @ParameterizedTest
    @CsvSource({"512,256", "512,128", "256,128", "400,160", "320,160", "640,320", "6,3", "14,7"})
    void reconstructsNoiseToWithinAMillionth(int windowSamples, int hopSamples) {
        StftSpec spec = new StftSpec(windowSamples, hopSamples);
        float[] out = RoundTrip.stft(spec, NOISE, 160);
        int delay = spec.overlapSamples();
        assertThat(out.length).isGreaterThan(NOISE.length - windowSamples);
        for (int i = delay; i < out.length; i++) {
            assertThat(out[i]).isCloseTo(NOISE[i - delay], org.assertj.core.data.Offset.offset(1e-6f));
        }
    }

    @Test
    void givesTheSameSamplesHoweverTheInputIsCut() {
        StftSpec spec = new StftSpec(512, 128);
        assertThat(RoundTrip.stft(spec, NOISE, 37)).isEqualTo(RoundTrip.stft(spec, NOISE, 4_000));
    }

    @Test
    void findsASineInItsBin() {
        StftSpec spec = new StftSpec(512, 256);
        float[] spectrum = new float[2 * spec.bins()];
        new Stft(spec).analyse(Signals.sine(512, 1_000, 16_000, 1), 0, spectrum, 0);
        int loudest = 0;
        for (int bin = 0; bin < spec.bins(); bin++) {
            if (power(spectrum, bin) > power(spectrum, loudest)) {
                loudest = bin;
            }
        }
        assertThat(loudest).isEqualTo(32);
    }

    @Test
    void keepsTheBinsAtZeroAndHalfTheRateReal() {
        StftSpec spec = new StftSpec(256, 128);
        float[] samples = new float[256];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i % 2 == 0 ? 1f : -1f;
        }
        float[] spectrum = new float[2 * spec.bins()];
        new Stft(spec).analyse(samples, 0, spectrum, 0);
        assertThat(spectrum[spec.bins()]).isZero();
        assertThat(spectrum[spec.bins() + 128]).isZero();
        assertThat(Math.abs(spectrum[128])).isGreaterThan(100f);
    }

    @ParameterizedTest
    @CsvSource({"512,256", "256,128", "400,160", "320,160", "640,320", "1280,640"})
    void allocatesNothing(int windowSamples, int hopSamples) {
        StftSpec spec = new StftSpec(windowSamples, hopSamples);
        Stft stft = new Stft(spec);
        StftState state = new StftState(spec);
        float[] spectrum = new float[2 * spec.bins()];
        float[] out = new float[hopSamples];
        Allocation.assertNoAllocation(() -> {
            state.push(NOISE, 0, hopSamples);
            stft.analyse(state.window(), 0, spectrum, 0);
            state.advance();
            stft.synthesiseInto(spectrum, 0, state.overlap(), 0);
            state.emit(out, 0);
        });
    }

    @Test
    void goesOnFromStoredStateAsIfNothingHadHappened() throws IOException {
        StftSpec spec = new StftSpec(512, 128);
        Stft stft = new Stft(spec);
        StftState first = new StftState(spec);
        float[] out = new float[NOISE.length];
        RoundTrip.feed(stft, spec, first, NOISE, 0, 3_333, 160, out);
        StftState second = new StftState(spec);
        second.readFrom(new DataInputStream(new ByteArrayInputStream(stored(first))));
        float[] expected = new float[NOISE.length];
        float[] actual = new float[NOISE.length];
        RoundTrip.feed(stft, spec, first, NOISE, 3_333, 4_000, 160, expected);
        RoundTrip.feed(stft, spec, second, NOISE, 3_333, 4_000, 160, actual);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void refusesTheStateOfAnotherShape() throws IOException {
        byte[] stored = stored(new StftState(new StftSpec(512, 128)));
        StftState other = new StftState(new StftSpec(256, 128));
        assertThatThrownBy(() -> other.readFrom(new DataInputStream(new ByteArrayInputStream(stored))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("384 samples");
    }

    @ParameterizedTest
    @CsvSource({"511,128", "2,1", "512,257", "512,0", "8192,4096"})
    void refusesShapesItCannotDo(int windowSamples, int hopSamples) {
        assertThatThrownBy(() -> new StftSpec(windowSamples, hopSamples)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] stored(StftState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static float power(float[] spectrum, int bin) {
        float re = spectrum[bin];
        float im = spectrum[spectrum.length / 2 + bin];
        return re * re + im * im;
    }
}
