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

import java.nio.ByteBuffer;
import java.util.Map;

/** Records for tests. Every field has a value that differs from those of all other fields. */
final class Records {

    private Records() {}

    static AudioFrame audioFrame() {
        return AudioFrame.newBuilder()
                .setStreamId("call-17/müller")
                .setSequence(4711)
                .setCaptureTimeMicros(1_700_000_000_123_456L)
                .setSampleRateHz(8000)
                .setEncoding(AudioEncoding.PCMU)
                .setPayload(payload(160))
                .setLastOfStream(true)
                .setAttributes(Map.of("agent", "7", "queue", "sales"))
                .setSession("2023-11-14/1")
                .build();
    }

    static EnhancedFrame enhancedFrame() {
        return EnhancedFrame.newBuilder()
                .setStreamId("call-17")
                .setSequence(4712)
                .setCaptureTimeMicros(1_700_000_000_143_456L)
                .setSampleRateHz(16000)
                .setEncoding(AudioEncoding.PCM_S16LE)
                .setPayload(payload(640))
                .setModelName("live-16k")
                .setModelVersion("3")
                .setEnhanced(true)
                .setConcealed(true)
                .setSession("1700000000123456-4711")
                .build();
    }

    static SdrEstimate sdrEstimate() {
        return SdrEstimate.newBuilder()
                .setStreamId("call-17")
                .setWindowStartMicros(1_700_000_000_000_000L)
                .setWindowLengthMicros(1_000_000)
                .setInputSdrDb(-3.25f)
                .setOutputSdrDb(6.5f)
                .setOutputSdrLowDb(4.75f)
                .setOutputSdrHighDb(8.125f)
                .setTrueSdrDb(6.875f)
                .setSession("1700000000000000-0")
                .build();
    }

    static StreamEvent streamEvent() {
        return StreamEvent.newBuilder()
                .setStreamId("call-17")
                .setKind(StreamEventKind.GAP)
                .setSequence(99)
                .setFrames(3)
                .setCaptureTimeMicros(1_700_000_000_500_000L)
                .setDetail("3 frames lost, concealed")
                .setSession("1700000000000001-7")
                .build();
    }

    static DeadFrame deadFrame() {
        return DeadFrame.newBuilder()
                .setTopic("clearline.frames.raw")
                .setPartition(5)
                .setOffset(123_456_789_012L)
                .setReason(DeadReason.SAMPLE_RATE)
                .setDetail("this is 0")
                .setBytes(payload(7))
                .build();
    }

    static ModelAnnouncement modelAnnouncement() {
        return ModelAnnouncement.newBuilder()
                .setChannel("live")
                .setModelName("live-16k")
                .setModelVersion("4")
                .setUri("file:/models/live-16k/4")
                .setSha256("00ff")
                .build();
    }

    static ByteBuffer payload(int bytes) {
        ByteBuffer payload = ByteBuffer.allocate(bytes);
        for (int i = 0; i < bytes; i++) {
            payload.put(i, (byte) (31 * i + 7));
        }
        return payload;
    }
}
