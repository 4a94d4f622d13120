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
package io.clearline.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.AudioEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCutterTest {
    private static final AudioClip CLIP = new AudioClip(new float[1_000], 48_000);

    @Test
    void framesHoldTheClipToItsLastSample() {
        FrameCutter cutter = new FrameCutter("a", CLIP, AudioEncoding.PCM_S16LE, 20, 7);
        StreamFrame frame = new StreamFrame();
        assertThat(cutter.next(frame)).isTrue();
        assertThat(frame.samples()).isEqualTo(960);
        assertThat(frame.lastOfStream).isFalse();
        assertThat(cutter.next(frame)).isTrue();
        assertThat(frame.samples()).isEqualTo(40);
        assertThat(frame.captureTimeMicros).isEqualTo(20_007);
        assertThat(frame.lastOfStream).isTrue();
        assertThat(cutter.next(frame)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {683, 44_740, Integer.MAX_VALUE})
    void framesThatNoPayloadHoldsAreRefused(int frameMillis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameCutter("a", CLIP, AudioEncoding.PCM_S16LE, frameMillis, 0))
                .withMessageContaining("Expected frames of at most 32768 samples");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -20})
    void framesWithoutALengthAreRefused(int frameMillis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameCutter("a", CLIP, AudioEncoding.PCM_S16LE, frameMillis, 0))
                .withMessageContaining("at least 1 ms");
    }
}
