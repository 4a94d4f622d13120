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
import io.clearline.schemas.frame.StreamFrame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The order of one session's frames: which sequence number is next, which of the last {@value #REMEMBERED_FRAMES}
 * frames arrived, the frames that arrived early, and the stray frames.
 *
 * <p>Verdicts depend on sequence numbers and capture times only, not on the clock, so that a replay makes the same
 * ones. A frame belongs to the session if its capture time roughly agrees with its sequence number. A frame that does
 * not is a stray: either it is damaged, or the sender has restarted with another clock. {@value #RESTART_FRAMES}
 * consecutive strays mean that the sender has restarted.
 *
 * <p>Part of the state of a stream. Not thread-safe.
 */
final class StreamOrder {
    /** How a frame relates to its stream. */
    enum Verdict {
        /** The frame that the stream waits for. */
        NEXT,
        /** A later frame. Those before it are missing, or have not arrived yet. */
        AHEAD,
        /** The same frame was taken before. */
        DUPLICATE,
        /** Its place was concealed already, or is too long ago to tell. */
        LATE,
        /** Its sequence number went back while its capture time went on, so the sender has restarted. */
        RESTART,
        /** The frame does not belong to this session. */
        STRAY
    }

    /** Number of consecutive strays that mean a restart of the sender. */
    static final int RESTART_FRAMES = 3;

    private static final int VERSION = 2;
    /** Number of frames whose arrival is remembered: the bits of {@link #received}. */
    private static final int REMEMBERED_FRAMES = Long.SIZE;
    /** A capture time that state version 1 did not store. */
    private static final long UNKNOWN = Long.MIN_VALUE;
    /** Tolerated drift of a sender's clock: one part in this many of the distance in time. */
    private static final int DRIFT = 16;

    /** Sequence number of the session's first frame. */
    private long firstSequence;

    private long firstCaptureTimeMicros;
    private long nextSequence;
    private long newestCaptureTimeMicros;
    /** Bit i: the frame {@code nextSequence - 1 - i} arrived, and was not concealed. */
    private long received;
    /** Capture time of each remembered frame, at its sequence number modulo {@value #REMEMBERED_FRAMES}. */
    private final long[] captureTimesMicros = new long[REMEMBERED_FRAMES];

    private final WaitingFrames waiting = new WaitingFrames();
    private final WaitingFrames strays = new WaitingFrames();
    /** When the first of the waiting frames arrived, by the runtime's clock. */
    private long waitingSinceMillis;

    /** Returns the sequence number of the frame that the stream waits for. */
    long nextSequence() {
        return nextSequence;
    }

    /** Returns the frames that arrived early. */
    WaitingFrames waiting() {
        return waiting;
    }

    /** Returns the consecutive strays that arrived last. */
    WaitingFrames strays() {
        return strays;
    }

    /** Starts at {@code first} and forgets everything except the waiting frames and the strays. */
    void startAt(StreamFrame first) {
        firstSequence = first.sequence;
        firstCaptureTimeMicros = first.captureTimeMicros;
        nextSequence = first.sequence;
        newestCaptureTimeMicros = first.captureTimeMicros;
        received = 0;
    }

    /**
     * Returns how a frame relates to the stream, or, if the stream is closed, to its last session.
     *
     * @param time the stream's position in capture time
     * @param rules a gap longer than the longest concealed one is accepted only if the capture time confirms it
     */
    @HotPath
    Verdict judge(StreamFrame frame, StreamTimeline time, StreamRules rules) {
        long ahead = frame.sequence - nextSequence;
        if (ahead == 0) {
            return Verdict.NEXT;
        }
        return ahead > 0 ? judgeAhead(frame, ahead, time, rules) : judgeBehind(frame, -1 - ahead, time);
    }

    private Verdict judgeAhead(StreamFrame frame, long ahead, StreamTimeline time, StreamRules rules) {
        if (waiting.contains(frame.sequence)) {
            return Verdict.DUPLICATE;
        }
        if (ahead <= time.maxGapFrames(rules)) {
            return Verdict.AHEAD;
        }
        // A longer gap resets the stream, so a single damaged sequence number must not cause one.
        long micros = product(ahead, time.frameMicros());
        long expected = time.nextCaptureTimeMicros() + micros;
        boolean agrees = Math.abs(frame.captureTimeMicros - expected) <= tolerance(micros);
        return agrees ? Verdict.AHEAD : Verdict.STRAY;
    }

    private Verdict judgeBehind(StreamFrame frame, long behind, StreamTimeline time) {
        boolean came = behind < REMEMBERED_FRAMES && (received >>> behind & 1) != 0;
        if (came && frame.captureTimeMicros == captureTimesMicros[slot(frame.sequence)]) {
            return Verdict.DUPLICATE;
        }
        if (frame.captureTimeMicros > newestCaptureTimeMicros) {
            return Verdict.RESTART;
        }
        if (!hasPlace(frame, behind, time)) {
            return Verdict.STRAY;
        }
        return came ? Verdict.DUPLICATE : Verdict.LATE;
    }

    /**
     * Returns whether the capture time of an earlier frame fits its sequence number. It must not be before the
     * session's first frame plus the samples between the two, nor after the next frame less the samples between the
     * two. The range between these limits is what the sender's silences may take up.
     *
     * @param behind how many frames lie between this one and the next one
     */
    private boolean hasPlace(StreamFrame frame, long behind, StreamTimeline time) {
        long sinceFirst = product(frame.sequence - firstSequence, time.frameMicros());
        long untilNext = product(behind + 1, time.frameMicros());
        boolean tooEarly = firstCaptureTimeMicros != UNKNOWN
                && frame.captureTimeMicros < firstCaptureTimeMicros + sinceFirst - tolerance(sinceFirst);
        boolean tooLate = frame.captureTimeMicros > time.nextCaptureTimeMicros() - untilNext + tolerance(untilNext);
        return !tooEarly && !tooLate;
    }

    /** Returns by how much capture times may differ from a distance in time. */
    private static long tolerance(long micros) {
        return StreamTimeline.CLOCK_TOLERANCE_MICROS + Math.abs(micros) / DRIFT;
    }

    /**
     * Returns the duration of a number of frames, clamped to a quarter of the range of a long, so that sums do not
     * overflow.
     */
    private static long product(long frames, long frameMicros) {
        long limit = (Long.MAX_VALUE >> 2) / Math.max(1, frameMicros);
        return Math.max(-limit, Math.min(limit, frames)) * frameMicros;
    }

    /** Returns the index of a frame in {@link #captureTimesMicros}. */
    @HotPath
    private static int slot(long sequence) {
        return (int) (sequence & (REMEMBERED_FRAMES - 1));
    }

    /** Advances past the next frame, which was taken. */
    @HotPath
    void onTaken(StreamFrame frame) {
        received = received << 1 | 1;
        captureTimesMicros[slot(frame.sequence)] = frame.captureTimeMicros;
        nextSequence++;
        newestCaptureTimeMicros = Math.max(newestCaptureTimeMicros, frame.captureTimeMicros);
    }

    /** Advances past the next frame, which was concealed. */
    void onConcealed() {
        received <<= 1;
        nextSequence++;
    }

    /** Advances to a later sequence number. The numbers between have no place in time. */
    void skipTo(long sequence) {
        long skipped = sequence - nextSequence;
        received = skipped < REMEMBERED_FRAMES ? received << skipped : 0;
        nextSequence = sequence;
    }

    /**
     * Stores a copy of a frame that arrived early.
     *
     * @param nowMillis time of its arrival
     */
    void hold(StreamFrame frame, long nowMillis) {
        if (waiting.count() == 0) {
            waitingSinceMillis = nowMillis;
        }
        waiting.add(frame);
    }

    /** Returns how long the stream has waited for the missing frame. */
    long waitedMillis(long nowMillis) {
        return nowMillis - waitingSinceMillis;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(firstSequence);
        out.writeLong(firstCaptureTimeMicros);
        out.writeLong(nextSequence);
        out.writeLong(newestCaptureTimeMicros);
        out.writeLong(received);
        for (int i = 0; i < REMEMBERED_FRAMES; i++) {
            if ((received >>> i & 1) != 0) {
                out.writeLong(captureTimesMicros[slot(nextSequence - 1 - i)]);
            }
        }
        out.writeLong(waitingSinceMillis);
        waiting.writeTo(out);
        strays.writeTo(out);
    }

    void readFrom(DataInput in) throws IOException {
        Versions.read(in, "order", VERSION);
        firstSequence = in.readLong();
        firstCaptureTimeMicros = in.readLong();
        nextSequence = in.readLong();
        newestCaptureTimeMicros = in.readLong();
        received = in.readLong();
        for (int i = 0; i < REMEMBERED_FRAMES; i++) {
            if ((received >>> i & 1) != 0) {
                captureTimesMicros[slot(nextSequence - 1 - i)] = in.readLong();
            }
        }
        waitingSinceMillis = in.readLong();
        waiting.readFrom(in, true);
        strays.readFrom(in, true);
    }

    /** Reads version 1 of the order, which had no version number in state version 1. */
    void readFromStateVersion1(DataInput in) throws IOException {
        nextSequence = in.readLong();
        newestCaptureTimeMicros = in.readLong();
        received = in.readLong();
        firstSequence = nextSequence;
        firstCaptureTimeMicros = UNKNOWN;
        Arrays.fill(captureTimesMicros, UNKNOWN);
        waiting.readFrom(in, false);
    }
}
