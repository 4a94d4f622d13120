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
package io.clearline.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearline.testkit.Signals;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"PCMU/8000", "PCMA/8000", "L16/16000", "L16/44100", "S16LE/48000", "G722/8000", "opus/48000/2"})
    void aToneSurvivesEveryCodec(String format) throws Exception {
        AudioCodec codec = MediaFormat.parse(format).newCodec();
        int frame = codec.sampleRateHz() / 50;
        float[] tone = Signals.sine(20 * frame, 440, codec.sampleRateHz(), 0.5);
        byte[] bytes = new byte[Math.max(AudioCodec.MIN_ENCODED_CAPACITY_BYTES, 2 * frame)];
        float[] decoded = new float[codec.maxSamples()];
        double energy = 0;
        for (int i = 0; i < 20; i++) {
            int length = codec.encode(Arrays.copyOfRange(tone, i * frame, (i + 1) * frame), frame, bytes);
            assertThat(codec.decode(bytes, length, decoded)).isEqualTo(frame);
            energy = 0;
            for (int k = 0; k < frame; k++) {
                energy += decoded[k] * decoded[k];
            }
        }
        assertThat(Math.sqrt(2 * energy / frame)).isBetween(0.4, 0.6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU/8000", "L16/16000", "G722/8000", "opus/48000/2"})
    void anEmptyPayloadIsRefused(String format) {
        AudioCodec codec = MediaFormat.parse(format).newCodec();
        assertThatExceptionOfType(BadPayloadException.class)
                .isThrownBy(() -> codec.decode(new byte[0], 0, new float[codec.maxSamples()]));
    }

    @Test
    void halfASampleIsRefused() {
        AudioCodec codec = MediaFormat.parse("L16/8000").newCodec();
        assertThatExceptionOfType(BadPayloadException.class)
                .isThrownBy(() -> codec.decode(new byte[7], 7, new float[codec.maxSamples()]));
    }

    @Test
    void aPacketThatIsTooLongIsRefused() {
        AudioCodec codec = MediaFormat.PCMU.newCodec();
        assertThatExceptionOfType(BadPayloadException.class)
                .isThrownBy(() -> codec.decode(new byte[1601], 1601, new float[codec.maxSamples()]));
    }
}
