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

import io.clearline.testkit.Samples;
import io.clearline.testkit.Signals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that results have the same bits everywhere. The test contains the first 12 bytes of hashes that every JDK and
 * every processor must reproduce. Changes of the signal path change the hashes.
 */
@Tag("jdk")
class SameBitsTest {
    private static final float[] NOISE = Signals.whiteNoise(16_000, 0.5, 2);

    @ParameterizedTest
    @CsvSource({
        "512, 256, d8b5deb46205c7161957b079",
        "512, 128, 6a61a4537664800dd55b8aa7",
        "256, 128, 375ff446e44adca916b74302",
        "400, 160, 81c7860455b3f66b9eabbce2",
        "640, 320, 7849d59b9f7522c8c1e5bb30",
        "320, 160, 6be4a31a78207550eb50619a"
    })
    void stftRoundTrip(int windowSamples, int hopSamples, String sha256) {
        assertThat(sha256(RoundTrip.stft(new StftSpec(windowSamples, hopSamples), NOISE, 160)))
                .startsWith(sha256);
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 16000, 1f401862bfaf822330652d6b",
        "16000, 8000, f4095568d7156d41c0e94da4",
        "48000, 16000, bc27684d74e7a125bfa99c58",
        "44100, 16000, ac3d2f99bd1b5012b4babb15",
        "11025, 8000, b40423c49fcbd767f51ef3bf"
    })
    void resampling(int inputRateHz, int outputRateHz, String sha256) {
        assertThat(sha256(RoundTrip.resample(NOISE, inputRateHz, outputRateHz, 160)))
                .startsWith(sha256);
    }

    @Test
    void concealment() throws IOException {
        float[] speech = AudioFiles.read(Samples.speech().get(0)).samples();
        Concealer concealer = new Concealer(16_000);
        for (int at = 0; at + 320 <= speech.length; at += 320) {
            if (at / 320 % 10 == 7) {
                concealer.conceal(speech, at, 320);
            } else {
                concealer.received(speech, at, 320);
            }
        }
        assertThat(sha256(speech)).startsWith("68b3161dbc83cf3a8cf28fff");
    }

    private static String sha256(float[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * samples.length);
        bytes.asFloatBuffer().put(samples);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
