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

import io.clearline.dsp.Pcm16;
import io.clearline.dsp.Sha256;
import io.clearline.testkit.Signals;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Compares G.722 bit for bit with another implementation: ffmpeg produced both checksums from the same noise. */
class G722Test {
    private static final String ENCODED = "34322fa4c018244347c34190868dfeea6a15495b14138575603d38eea431a0b4";
    private static final String DECODED = "8629d213744b7dc2a2b07c4012c43e251ff312b45a6bc8ebd5f350c3eb87bbc4";
    private static final int SAMPLES = 16_000;
    private static final int PACKET_BYTES = 160;

    @Test
    void aSecondOfNoiseMatchesFfmpegBitForBitInBothDirections() throws Exception {
        byte[] coded = new byte[SAMPLES / 2];
        assertThat(MediaFormat.G722.newCodec().encode(noise(), SAMPLES, coded)).isEqualTo(coded.length);
        assertThat(Sha256.of(coded)).isEqualTo(ENCODED);

        AudioCodec decoder = MediaFormat.G722.newCodec();
        float[] samples = new float[decoder.maxSamples()];
        byte[] decoded = new byte[2 * SAMPLES];
        for (int at = 0; at < coded.length; at += PACKET_BYTES) {
            int length = decoder.decode(Arrays.copyOfRange(coded, at, at + PACKET_BYTES), PACKET_BYTES, samples);
            Pcm16.encode(samples, 0, decoded, 4 * at, length);
        }
        assertThat(Sha256.of(decoded)).isEqualTo(DECODED);
    }

    /** Returns noise rounded to 16-bit samples. */
    private static float[] noise() {
        byte[] pcm = new byte[2 * SAMPLES];
        Pcm16.encode(Signals.whiteNoise(SAMPLES, 0.3, 1), 0, pcm, 0, SAMPLES);
        float[] noise = new float[SAMPLES];
        Pcm16.decode(pcm, 0, noise, 0, SAMPLES);
        return noise;
    }
}
