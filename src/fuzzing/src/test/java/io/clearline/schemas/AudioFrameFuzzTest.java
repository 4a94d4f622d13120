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
package io.clearline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.Limits;
import io.clearline.schemas.frame.FramePayload;
import java.util.Optional;

/** Where every frame comes in: any bytes are a frame within the limits, or a dead letter with a reason. */
class AudioFrameFuzzTest {
    private static final WireCodec<AudioFrame> CODEC = WireCodec.audioFrame();

    @FuzzTest
    void anyBytesAreAFrameOrARefusal(byte[] bytes) {
        if (FrameLimits.checkRecord(bytes).isEmpty()) {
            Limits.assertMemoryInProportion(bytes.length, () -> judge(bytes));
        }
    }

    private static void judge(byte[] bytes) {
        AudioFrame frame;
        try {
            frame = CODEC.decode(bytes, null);
        } catch (WireFormatException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        Optional<FrameLimits.Violation> violation = FrameLimits.checkFrame(frame);
        if (violation.isEmpty()) {
            assertThat(decodeAgain(frame)).isEqualTo(frame);
            decodeSamples(frame);
        }
    }

    private static AudioFrame decodeAgain(AudioFrame frame) {
        try {
            return CODEC.decode(CODEC.encode(frame), null);
        } catch (WireFormatException e) {
            throw new AssertionError("what was encoded does not decode", e);
        }
    }

    private static void decodeSamples(AudioFrame frame) {
        byte[] payload = new byte[frame.getPayload().remaining()];
        frame.getPayload().duplicate().get(payload);
        int samples = payload.length / FrameLimits.bytesPerSample(frame.getEncoding());
        float[] out = new float[samples];
        FramePayload.decode(frame.getEncoding(), payload, 0, out, 0, samples);
        Limits.assertWithinFullScale(out);
    }
}
