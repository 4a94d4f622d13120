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
package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.StreamFrame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a stream stands in capture time, and the shape of its frames: what a missing frame would have looked like.
 *
 * <p>Capture times come from senders, and senders' clocks step, drift and stand still. So the sequence of frames
 * decides what is missing, and capture time is believed only where it says more than a second: that nothing is missing
 * although numbers are, or that the sender was silent. Part of a stream's state. Not thread-safe.
 */
final class StreamTimeline {
    /** Capture times that differ from what the sequence says by less than this agree with it. */
    static final long CLOCK_TOLERANCE_MICROS = 1_000_000;

    /** A silence of at least this length between two frames in sequence ends a talk spurt. */
    static final long PAUSE_MICROS = 100_000;

    private static final int VERSION = 1;
    private static final long MICROS = 1_000_000;
    /** By this part the time line forgets, frame by frame, that capture times ran behind the samples. */
    private static final int LEAD_DECAY = 64;

    private int sampleRateHz;
    private AudioEncoding encoding = AudioEncoding.PCM_S16LE;
    /** Samples of the frame taken last that had any. */
    private int frameSamples;

    private long nextCaptureTimeMicros;
    /**
     * How far the samples reach beyond {@link #nextCaptureTimeMicros}, where the sender stamps several frames with one
     * time or its clock is slow.
     */
    private long leadMicros;

    int sampleRateHz() {
        return sampleRateHz;
    }

    AudioEncoding encoding() {
        return encoding;
    }

    int frameSamples() {
        return frameSamples;
    }

    /** Capture time just after the last frame taken or concealed. */
    long nextCaptureTimeMicros() {
        return nextCaptureTimeMicros;
    }

    /** How long a frame of the usual length is. */
    long frameMicros() {
        return micros(frameSamples);
    }

    /** Begins anew, with the rate of {@code first}. */
    void startAt(StreamFrame first) {
        sampleRateHz = first.sampleRateHz;
        nextCaptureTimeMicros = first.captureTimeMicros;
        leadMicros = 0;
    }

    /** A frame was taken. */
    @HotPath
    void took(StreamFrame frame, int samples) {
        encoding = frame.encoding;
        if (samples > 0) {
            frameSamples = samples;
        }
        long length = micros(samples);
        long lead = nextCaptureTimeMicros + leadMicros - frame.captureTimeMicros;
        leadMicros = Math.min(CLOCK_TOLERANCE_MICROS, Math.max(0, lead - lead / LEAD_DECAY));
        nextCaptureTimeMicros = frame.captureTimeMicros + length;
    }

    /** A frame of the usual length was concealed. */
    void concealed() {
        nextCaptureTimeMicros += frameMicros();
    }

    /** Whether the sender was silent between the samples so far and {@code next}, the next frame in sequence. */
    @HotPath
    boolean isPauseBefore(StreamFrame next) {
        return next.captureTimeMicros - nextCaptureTimeMicros - leadMicros >= PAUSE_MICROS;
    }

    /**
     * How many of the frames that are missing before {@code next} have a place in time: all, unless capture time went
     * on and clearly says fewer.
     */
    long framesWithPlace(long missing, StreamFrame next) {
        long gapMicros = next.captureTimeMicros - nextCaptureTimeMicros;
        long frame = frameMicros();
        if (frame == 0 || gapMicros < 0 || missing <= (gapMicros + CLOCK_TOLERANCE_MICROS) / frame) {
            return missing;
        }
        return (gapMicros + frame / 2) / frame;
    }

    /** Most frames of the usual length that fit into a gap that is concealed. */
    long maxGapFrames(StreamRules rules) {
        return Math.min(
                StreamRules.MAX_CONCEALED_FRAMES,
                rules.maxGapMillis() * sampleRateHz / (1000L * Math.max(1, frameSamples)));
    }

    @HotPath
    private long micros(int samples) {
        return MICROS * samples / sampleRateHz;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(sampleRateHz);
        out.writeByte(EncodingCodes.codeOf(encoding));
        out.writeInt(frameSamples);
        out.writeLong(nextCaptureTimeMicros);
        out.writeLong(leadMicros);
    }

    void readFrom(DataInput in) throws IOException {
        Versions.read(in, "time line", VERSION);
        sampleRateHz = in.readInt();
        encoding = EncodingCodes.encodingOf(in.readByte());
        frameSamples = in.readInt();
        nextCaptureTimeMicros = in.readLong();
        leadMicros = in.readLong();
    }

    /** Reads what state version 1 knew of it. */
    void readFromStateVersion1(DataInput in) throws IOException {
        sampleRateHz = in.readInt();
        encoding = AudioEncoding.valueOf(in.readUTF());
        frameSamples = in.readInt();
        nextCaptureTimeMicros = in.readLong();
        leadMicros = 0;
    }
}
