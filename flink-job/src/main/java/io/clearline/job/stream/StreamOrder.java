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
 * The order of one session's frames: which comes next, which of the last 64 really came, the few that came too early,
 * and those that belong to no place of this session.
 *
 * <p>Sequences and capture times decide, never the clock, so that a replay decides the same. A frame has a place in the
 * session if its capture time is about what its sequence says. One without is strange: it is damage, or the sender
 * began again with another clock. {@link #RESTART_FRAMES} strange frames in sequence are a sender that began again.
 *
 * <p>Part of a stream's state. Not thread-safe.
 */
final class StreamOrder {
    /** What a frame is to its stream. */
    enum Verdict {
        /** The frame the stream waits for. */
        NEXT,
        /** Later than the next one: something is missing in between, or still on its way. */
        AHEAD,
        /** Its like was taken before. */
        DUPLICATE,
        /** Its place was concealed already, or lies too far back to tell. */
        LATE,
        /** Sequence went back while capture time went on: the sender started anew. */
        RESTART,
        /** It has no place in this session. */
        STRANGE
    }

    /** So many strange frames in sequence are a restart of the sender. */
    static final int RESTART_FRAMES = 3;

    private static final int VERSION = 2;
    private static final int REMEMBERED_FRAMES = Long.SIZE;
    private static final long UNKNOWN = Long.MIN_VALUE;
    /** Of the distance in time, so great a part may senders' clocks be off. */
    private static final int DRIFT = 16;

    private long firstSequence;
    private long firstCaptureTimeMicros;
    private long nextSequence;
    private long newestCaptureTimeMicros;
    /** Bit i: frame {@code nextSequence - 1 - i} came itself, and was not concealed. */
    private long received;
    /** Capture time of each frame that is remembered, at its sequence modulo 64. */
    private final long[] captureTimesMicros = new long[REMEMBERED_FRAMES];

    private final WaitingFrames waiting = new WaitingFrames();
    private final WaitingFrames strangers = new WaitingFrames();
    /** When the first of the frames that wait came, by the runtime's clock. */
    private long waitingSinceMillis;

    long nextSequence() {
        return nextSequence;
    }

    /** Frames that came too early. */
    WaitingFrames waiting() {
        return waiting;
    }

    /** Frames in sequence that have no place in this session. */
    WaitingFrames strangers() {
        return strangers;
    }

    /** Starts at {@code first}, forgetting everything but the frames that wait. */
    void startAt(StreamFrame first) {
        firstSequence = first.sequence;
        firstCaptureTimeMicros = first.captureTimeMicros;
        nextSequence = first.sequence;
        newestCaptureTimeMicros = first.captureTimeMicros;
        received = 0;
    }

    /**
     * Says what a frame is to the stream; of a closed stream, what it would be to the session that was.
     *
     * @param rules more missing frames than the longest gap has are believed only if capture time says so too
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
        if (waiting.holds(frame.sequence)) {
            return Verdict.DUPLICATE;
        }
        if (ahead <= time.maxGapFrames(rules)) {
            return Verdict.AHEAD;
        }
        long micros = product(ahead, time.frameMicros());
        long expected = time.nextCaptureTimeMicros() + micros;
        boolean agrees = Math.abs(frame.captureTimeMicros - expected) <= tolerance(micros);
        return agrees ? Verdict.AHEAD : Verdict.STRANGE;
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
            return Verdict.STRANGE;
        }
        return came ? Verdict.DUPLICATE : Verdict.LATE;
    }

    /**
     * Whether a frame that lies back was captured when this session's frame of its sequence was: not before the first
     * frame and the samples up to it, and not after the newest one less the samples in between. Silences of the sender
     * lie between the two.
     */
    private boolean hasPlace(StreamFrame frame, long behind, StreamTimeline time) {
        long sinceFirst = product(frame.sequence - firstSequence, time.frameMicros());
        long untilNext = product(behind + 1, time.frameMicros());
        boolean tooEarly = firstCaptureTimeMicros != UNKNOWN
                && frame.captureTimeMicros < firstCaptureTimeMicros + sinceFirst - tolerance(sinceFirst);
        boolean tooLate = frame.captureTimeMicros > time.nextCaptureTimeMicros() - untilNext + tolerance(untilNext);
        return !tooEarly && !tooLate;
    }

    private static long tolerance(long micros) {
        return StreamTimeline.CLOCK_TOLERANCE_MICROS + Math.abs(micros) / DRIFT;
    }

    /** Limited to about a quarter of what a long can hold, so that sums of it do not overflow. */
    private static long product(long frames, long frameMicros) {
        long limit = (Long.MAX_VALUE >> 2) / Math.max(1, frameMicros);
        return Math.max(-limit, Math.min(limit, frames)) * frameMicros;
    }

    @HotPath
    private static int slot(long sequence) {
        return (int) (sequence & (REMEMBERED_FRAMES - 1));
    }

    /** The next frame was taken. */
    @HotPath
    void took(StreamFrame frame) {
        received = received << 1 | 1;
        captureTimesMicros[slot(frame.sequence)] = frame.captureTimeMicros;
        nextSequence++;
        newestCaptureTimeMicros = Math.max(newestCaptureTimeMicros, frame.captureTimeMicros);
    }

    /** The next frame was concealed. */
    void concealed() {
        received <<= 1;
        nextSequence++;
    }

    /** Goes on at a later sequence; what lies between is not missing in time. */
    void skipTo(long sequence) {
        long skipped = sequence - nextSequence;
        received = skipped < REMEMBERED_FRAMES ? received << skipped : 0;
        nextSequence = sequence;
    }

    /** Keeps a copy of a frame that came too early. */
    void hold(StreamFrame frame, long nowMillis) {
        if (waiting.count() == 0) {
            waitingSinceMillis = nowMillis;
        }
        waiting.add(frame);
    }

    /** How long the stream has waited for the missing frame. */
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
        strangers.writeTo(out);
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
        strangers.readFrom(in, true);
    }

    /** Reads version 1 of the order, which stood without a number in state version 1. */
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
