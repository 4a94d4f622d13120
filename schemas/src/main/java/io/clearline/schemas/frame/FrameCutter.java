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
import java.util.List;

/**
 * Cuts audio into the frames that a gateway would send. Frames are numbered from 0, their capture times follow from the
 * number of samples before them, and the last frame is marked as the end of the stream. Thread-confined.
 */
public final class FrameCutter {
    private final String streamId;
    /** {@code [samples x channels]}. */
    private final float[] interleaved;

    private final int channels;
    private final int sampleRateHz;
    private final int lengthSamples;
    private final AudioEncoding encoding;
    private final int frameSamples;
    private final long startMicros;
    private long sequence;
    private int position;
    private boolean ended;

    /** Cuts a clip of one channel; see {@link #FrameCutter(String, List, AudioEncoding, int, long)}. */
    public FrameCutter(String streamId, AudioClip clip, AudioEncoding encoding, int frameMillis, long startMicros) {
        this(streamId, List.of(clip), encoding, frameMillis, startMicros);
    }

    /**
     * Creates a cutter that starts at the first sample.
     *
     * @param clips one clip per channel, all of the same sample rate and length
     * @param frameMillis duration of a frame; its samples must fit into one payload
     * @param startMicros capture time of the first sample
     * @throws IllegalArgumentException if frames would be shorter than 1 ms or larger than the largest payload, or if
     *     the clips differ in length
     */
    public FrameCutter(
            String streamId, List<AudioClip> clips, AudioEncoding encoding, int frameMillis, long startMicros) {
        this.streamId = streamId;
        channels = clips.size();
        sampleRateHz = clips.get(0).sampleRateHz();
        lengthSamples = clips.get(0).samples().length;
        interleaved = interleave(clips);
        this.encoding = encoding;
        if (frameMillis < 1) {
            throw new IllegalArgumentException("Expected frames of at least 1 ms, found " + frameMillis + " ms.");
        }
        long samples = (long) sampleRateHz * frameMillis / 1000;
        long maxSamples = FrameLimits.MAX_PAYLOAD_BYTES / (FrameLimits.bytesPerSample(encoding) * channels);
        if (samples > maxSamples) {
            throw new IllegalArgumentException("Expected frames of at most " + maxSamples + " samples of " + encoding
                    + (channels == 1 ? "" : " in " + channels + " channels") + ", found " + samples + " in "
                    + frameMillis + " ms; choose shorter frames.");
        }
        this.frameSamples = (int) Math.max(1, samples);
        this.startMicros = startMicros;
    }

    /** Fills {@code frame} with the next frame. Returns false after the last frame. */
    public boolean next(StreamFrame frame) {
        if (ended) {
            return false;
        }
        int length = Math.min(frameSamples, lengthSamples - position);
        frame.streamId = streamId;
        frame.sequence = sequence++;
        frame.captureTimeMicros = startMicros + 1_000_000L * position / sampleRateHz;
        frame.sampleRateHz = sampleRateHz;
        frame.encoding = encoding;
        frame.channels = channels;
        frame.reservePayload(length * channels * FrameLimits.bytesPerSample(encoding));
        FramePayload.encode(encoding, interleaved, position * channels, frame.payload, length * channels);
        position += length;
        ended = position == lengthSamples;
        frame.lastOfStream = ended;
        return true;
    }

    private static float[] interleave(List<AudioClip> clips) {
        AudioClip first = clips.get(0);
        if (clips.size() == 1) {
            return first.samples();
        }
        float[] interleaved = new float[Math.multiplyExact(first.samples().length, clips.size())];
        for (int channel = 0; channel < clips.size(); channel++) {
            float[] samples = clips.get(channel).samples();
            if (samples.length != first.samples().length) {
                throw new IllegalArgumentException("Expected " + first.samples().length
                        + " samples in each channel, found " + samples.length + " in channel " + channel + ".");
            }
            for (int i = 0; i < samples.length; i++) {
                interleaved[i * clips.size() + channel] = samples[i];
            }
        }
        return interleaved;
    }

    /** Returns a copy of the payload of {@code frame} in an array of exactly its length. */
    public static byte[] payload(StreamFrame frame) {
        return Arrays.copyOf(frame.payload, frame.payloadLength);
    }
}
