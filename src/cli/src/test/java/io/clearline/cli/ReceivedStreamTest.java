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
package io.clearline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.Pcm16;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.EnhancedFrame;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ReceivedStreamTest {
    private final ReceivedStream stream = new ReceivedStream();

    @Test
    void framesOutOfOrderBecomeOneClipInOrder() {
        stream.add(frame(2, true));
        stream.add(frame(0, false));
        stream.add(frame(1, false));
        assertThat(stream.clip().samples()).containsExactly(0f, 0f, 0.25f, 0.25f, 0.5f, 0.5f);
        assertThat(stream.clip().sampleRateHz()).isEqualTo(16_000);
    }

    @Test
    void aRepeatedFrameCountsOnce() {
        assertThat(stream.add(frame(0, true))).isTrue();
        assertThat(stream.add(frame(0, true))).isFalse();
        assertThat(stream.frames()).isEqualTo(1);
    }

    @Test
    void aStreamEndsWithItsLastFrameAndCountsMissingOnes() {
        stream.add(frame(0, false));
        assertThat(stream.hasEnded()).isFalse();
        stream.add(frame(2, true));
        assertThat(stream.hasEnded()).isTrue();
        assertThat(stream.missing()).isEqualTo(1);
        stream.add(frame(1, false));
        assertThat(stream.missing()).isZero();
        assertThat(stream.summary()).isEqualTo("3 frames (3 enhanced, 0 dry, 0 concealed, 0 lost)");
    }

    @Test
    void missingFramesInBetweenAreLost() {
        stream.add(frame(0, false));
        stream.add(frame(3, true));
        assertThat(stream.summary()).isEqualTo("2 frames (2 enhanced, 0 dry, 0 concealed, 2 lost)");
    }

    @Test
    void aChangeOfTheNumberOfChannelsBeginsANewPart() {
        EnhancedFrame stereo = frame(0, false);
        stereo.setChannels(2);
        stream.add(stereo);
        stream.add(frame(1, true));
        assertThat(stream.parts()).extracting(ReceivedStream.Part::channels).containsExactly(2, 1);
        assertThat(stream.parts().get(1).interleaved()).containsExactly(0.25f, 0.25f);
    }

    /** Returns a frame of two samples, each a quarter of the sequence. */
    private static EnhancedFrame frame(long sequence, boolean last) {
        byte[] payload = new byte[4];
        float sample = sequence / 4f;
        Pcm16.encode(new float[] {sample, sample}, 0, payload, 0, 2);
        return EnhancedFrame.newBuilder()
                .setStreamId("a")
                .setSequence(sequence)
                .setCaptureTimeMicros(125 * sequence)
                .setSampleRateHz(16_000)
                .setEncoding(AudioEncoding.PCM_S16LE)
                .setChannels(1)
                .setPayload(ByteBuffer.wrap(payload))
                .setLastOfStream(last)
                .setModelName("m")
                .setModelVersion("1")
                .setEnhanced(true)
                .setBypassed(false)
                .setConcealed(false)
                .build();
    }
}
