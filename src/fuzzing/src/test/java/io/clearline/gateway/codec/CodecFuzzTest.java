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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.Limits;
import java.util.Arrays;
import java.util.List;

/** Payloads of every codec: any bytes are samples within full scale, or a refusal. */
class CodecFuzzTest {
    private static final List<MediaFormat> FORMATS = List.of(
            MediaFormat.PCMU, MediaFormat.PCMA, MediaFormat.G722, MediaFormat.OPUS, MediaFormat.parse("L16/16000"));

    @FuzzTest
    void anyPayloadIsSamplesOrARefusal(byte[] bytes) {
        for (MediaFormat format : FORMATS) {
            AudioCodec codec = format.newCodec();
            float[] out = new float[codec.maxSamples()];
            try {
                int samples = codec.decode(bytes, bytes.length, out);
                Limits.assertWithinFullScale(Arrays.copyOf(out, samples));
            } catch (BadPayloadException e) {
                // A refusal.
            }
        }
    }
}
