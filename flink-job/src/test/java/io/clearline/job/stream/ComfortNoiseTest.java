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
package io.clearline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.StreamFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise in the output in place of digital silence. */
class ComfortNoiseTest {
    private static final StreamRules QUIET = StreamRules.DEFAULT.withComfortNoiseDb(-60);

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void silenceComesOutAtTheLevelThatWasAskedFor(int sampleRateHz) {
        StreamPlayer player = new StreamPlayer(QUIET).play(silence(sampleRateHz));
        assertThat(levelDb(player.sink.samples("a"))).isCloseTo(-60, within(0.2));
    }

    @Test
    void withoutItSilenceIsSilent() {
        StreamPlayer player = new StreamPlayer().play(silence(16_000));
        assertThat(player.sink.samples("a")).containsOnly(0f);
    }

    @Test
    void theNoiseGoesOnAfterARestoreToTheLastBit() throws IOException {
        List<StreamFrame> frames = silence(16_000);
        StreamPlayer whole = new StreamPlayer(QUIET).play(frames);
        StreamPlayer before = new StreamPlayer(QUIET).play(frames.subList(0, 20));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        before.stream.writeTo(new DataOutputStream(bytes));
        StreamState restored = StreamState.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        // The noise that a stream was opened with stays, even if the rules have changed.
        StreamPlayer after = new StreamPlayer(StreamRules.DEFAULT, restored).play(frames.subList(20, 50));

        List<String> payloads = new ArrayList<>(before.payloads());
        payloads.addAll(after.payloads());
        assertThat(payloads).isEqualTo(whole.payloads());
    }

    @Test
    void noiseThatWouldDisturbIsRefused() {
        assertThatThrownBy(() -> StreamRules.DEFAULT.withComfortNoiseDb(-20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected comfort noise of -100.0 to -30.0 dB of full scale, found -20.0.");
    }

    private static List<StreamFrame> silence(int sampleRateHz) {
        return Frames.of("a", new AudioClip(new float[sampleRateHz], sampleRateHz), AudioEncoding.PCM_S16LE);
    }

    private static double levelDb(float[] samples) {
        double energy = 0;
        for (float sample : samples) {
            energy += sample * sample;
        }
        return 10 * Math.log10(energy / samples.length);
    }
}
