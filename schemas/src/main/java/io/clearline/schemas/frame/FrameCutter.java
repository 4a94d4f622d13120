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
import io.clearline.schemas.FrameLimits;
import java.util.Arrays;

/**
 * Cuts a clip into the frames that a gateway would send: numbered from 0, timed by their samples, the last one marked.
 */
public final class FrameCutter {
    private final String streamId;
    private final AudioClip clip;
    private final AudioEncoding encoding;
    private final int frameSamples;
    private final long startMicros;
    private long sequence;
    private int position;
    private boolean ended;

    /**
     * Begins at the clip's first sample.
     *
     * @param frameMillis length of a frame; what it holds must fit into a payload
     * @param startMicros capture time of the first sample
     * @throws IllegalArgumentException when frames would be shorter than 1 ms or larger than a payload may be
     */
    public FrameCutter(String streamId, AudioClip clip, AudioEncoding encoding, int frameMillis, long startMicros) {
        this.streamId = streamId;
        this.clip = clip;
        this.encoding = encoding;
        if (frameMillis < 1) {
            throw new IllegalArgumentException("Expected frames of at least 1 ms, found " + frameMillis + " ms.");
        }
        long samples = (long) clip.sampleRateHz() * frameMillis / 1000;
        long most = FrameLimits.MAX_PAYLOAD_BYTES / FrameLimits.bytesPerSample(encoding);
        if (samples > most) {
            throw new IllegalArgumentException("Expected frames of at most " + most + " samples of " + encoding
                    + ", found " + samples + " in " + frameMillis + " ms; choose shorter frames.");
        }
        this.frameSamples = (int) Math.max(1, samples);
        this.startMicros = startMicros;
    }

    /** Fills {@code frame} with the next frame; false when the last one was given before. */
    public boolean next(StreamFrame frame) {
        if (ended) {
            return false;
        }
        int length = Math.min(frameSamples, clip.samples().length - position);
        frame.streamId = streamId;
        frame.sequence = sequence++;
        frame.captureTimeMicros = startMicros + 1_000_000L * position / clip.sampleRateHz();
        frame.sampleRateHz = clip.sampleRateHz();
        frame.encoding = encoding;
        frame.reservePayload(length * FrameLimits.bytesPerSample(encoding));
        FramePayload.encode(encoding, clip.samples(), position, frame.payload, length);
        position += length;
        ended = position == clip.samples().length;
        frame.lastOfStream = ended;
        return true;
    }

    /** The payload of {@code frame} alone, for whoever sends it on. */
    public static byte[] payload(StreamFrame frame) {
        return Arrays.copyOf(frame.payload, frame.payloadLength);
    }
}
