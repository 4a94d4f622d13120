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
 * The position of a stream in capture time, and the format and length of its frames, which missing frames are assumed
 * to share.
 *
 * <p>Capture times come from senders, whose clocks jump, drift and stand still. Sequence numbers therefore determine
 * which frames are missing. Capture times override them in two cases only: if they differ from the sequence numbers by
 * more than a second, which shows that numbers were skipped although no frame is missing; and between two consecutive
 * frames, where they show that the sender was silent.
 *
 * <p>Part of the state of a stream. Not thread-safe.
 */
final class StreamTimeline {
    /** Capture times and sequence numbers agree if they differ by no more than this. */
    static final long CLOCK_TOLERANCE_MICROS = 1_000_000;

    /** Silence between two consecutive frames that ends a talk spurt, if it is at least this long. */
    static final long PAUSE_MICROS = 100_000;

    private static final int VERSION = 1;
    private static final long MICROS = 1_000_000;
    /** With each frame, {@link #leadMicros} decreases by one part in this many. */
    private static final int LEAD_DECAY = 64;

    private int sampleRateHz;
    private AudioEncoding encoding = AudioEncoding.PCM_S16LE;
    /** Number of samples per channel of the last frame that was not empty. */
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

    /** Returns the capture time just after the last frame that was taken or concealed. */
    long nextCaptureTimeMicros() {
        return nextCaptureTimeMicros;
    }

    /** Returns the duration of a frame of the usual length. */
    long frameMicros() {
        return micros(frameSamples);
    }

    /** Starts at a frame, with its sample rate. */
    void startAt(StreamFrame first) {
        sampleRateHz = first.sampleRateHz;
        nextCaptureTimeMicros = first.captureTimeMicros;
        leadMicros = 0;
    }

    /** Advances past a frame that was taken. */
    @HotPath
    void onTaken(StreamFrame frame, int samples) {
        encoding = frame.encoding;
        if (samples > 0) {
            frameSamples = samples;
        }
        long length = micros(samples);
        long lead = nextCaptureTimeMicros + leadMicros - frame.captureTimeMicros;
        leadMicros = Math.min(CLOCK_TOLERANCE_MICROS, Math.max(0, lead - lead / LEAD_DECAY));
        nextCaptureTimeMicros = frame.captureTimeMicros + length;
    }

    /** Advances past a concealed frame of the usual length. */
    void onConcealed() {
        nextCaptureTimeMicros += frameMicros();
    }

    /** Returns whether the sender was silent before {@code next}, the next frame in sequence. */
    @HotPath
    boolean isPauseBefore(StreamFrame next) {
        return next.captureTimeMicros - nextCaptureTimeMicros - leadMicros >= PAUSE_MICROS;
    }

    /**
     * Returns how many of the frames that are missing before {@code next} fit into the time. These are all of them,
     * unless the capture time clearly shows fewer.
     */
    long framesWithPlace(long missing, StreamFrame next) {
        long gapMicros = next.captureTimeMicros - nextCaptureTimeMicros;
        long frame = frameMicros();
        if (frame == 0 || gapMicros < 0 || missing <= (gapMicros + CLOCK_TOLERANCE_MICROS) / frame) {
            return missing;
        }
        return (gapMicros + frame / 2) / frame;
    }

    /** Returns the number of frames of the usual length in the longest gap that is concealed. */
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

    /** Reads what state version 1 stored of it. */
    void readFromStateVersion1(DataInput in) throws IOException {
        sampleRateHz = in.readInt();
        encoding = AudioEncoding.valueOf(in.readUTF());
        frameSamples = in.readInt();
        nextCaptureTimeMicros = in.readLong();
        leadMicros = 0;
    }
}
