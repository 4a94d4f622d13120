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

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds the {@link AudioFrame} records that a gateway would write for a whole clip. Stateless. */
public final class ClipFrames {
    private ClipFrames() {}

    /**
     * Cuts a clip of one channel into frames.
     *
     * @param startMicros capture time of the first sample
     */
    public static List<AudioFrame> of(
            String streamId, AudioClip clip, AudioEncoding encoding, int frameMillis, long startMicros) {
        return of(streamId, List.of(clip), encoding, frameMillis, startMicros);
    }

    /**
     * Cuts audio of several channels into frames with interleaved samples.
     *
     * @param channels one clip per channel, all of the same sample rate and length
     * @param startMicros capture time of the first sample
     */
    public static List<AudioFrame> of(
            String streamId, List<AudioClip> channels, AudioEncoding encoding, int frameMillis, long startMicros) {
        FrameCutter cutter = new FrameCutter(streamId, channels, encoding, frameMillis, startMicros);
        List<AudioFrame> frames = new ArrayList<>();
        StreamFrame cut = new StreamFrame();
        while (cutter.next(cut)) {
            frames.add(AudioFrame.newBuilder()
                    .setStreamId(cut.streamId)
                    .setSequence(cut.sequence)
                    .setCaptureTimeMicros(cut.captureTimeMicros)
                    .setSampleRateHz(cut.sampleRateHz)
                    .setEncoding(cut.encoding)
                    .setChannels(cut.channels)
                    .setPayload(ByteBuffer.wrap(FrameCutter.payload(cut)))
                    .setLastOfStream(cut.lastOfStream)
                    .setAttributes(Map.of())
                    .build());
        }
        return frames;
    }
}
