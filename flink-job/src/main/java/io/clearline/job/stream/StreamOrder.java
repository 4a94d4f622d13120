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
 * The order of one stream's frames: which comes next, which of the last 64 really came, and the few that came too early
 * and wait.
 *
 * <p>Only counts and capture times decide, never the clock, so that a replay decides the same.
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
        RESTART
    }

    private static final int REMEMBERED_FRAMES = Long.SIZE;

    private long nextSequence;
    private long newestCaptureTimeMicros;
    /** Bit i: frame {@code nextSequence - 1 - i} came itself, and was not concealed. */
    private long received;

    private StreamFrame[] held = new StreamFrame[4];
    private int heldCount;

    long nextSequence() {
        return nextSequence;
    }

    /** Starts at {@code first}, forgetting everything but the frames held. */
    void startAt(StreamFrame first) {
        nextSequence = first.sequence;
        newestCaptureTimeMicros = first.captureTimeMicros;
        received = 0;
    }

    @HotPath
    Verdict judge(StreamFrame frame) {
        long behind = nextSequence - 1 - frame.sequence;
        if (behind == -1) {
            return Verdict.NEXT;
        }
        if (behind < -1) {
            return holds(frame.sequence) ? Verdict.DUPLICATE : Verdict.AHEAD;
        }
        if (frame.captureTimeMicros > newestCaptureTimeMicros) {
            return Verdict.RESTART;
        }
        boolean came = behind < REMEMBERED_FRAMES && (received >>> behind & 1) != 0;
        return came ? Verdict.DUPLICATE : Verdict.LATE;
    }

    /** The next frame was taken. */
    @HotPath
    void took(StreamFrame frame) {
        received = received << 1 | 1;
        nextSequence++;
        newestCaptureTimeMicros = Math.max(newestCaptureTimeMicros, frame.captureTimeMicros);
    }

    /** The next frame was concealed. */
    void concealed() {
        received <<= 1;
        nextSequence++;
    }

    int heldCount() {
        return heldCount;
    }

    /** Keeps a copy of a frame that is ahead, in order of sequence. */
    void hold(StreamFrame frame) {
        if (heldCount == held.length) {
            held = Arrays.copyOf(held, 2 * held.length);
        }
        StreamFrame copy = held[heldCount] == null ? new StreamFrame() : held[heldCount];
        copy.copyFrom(frame);
        int place = heldCount;
        while (place > 0 && held[place - 1].sequence > copy.sequence) {
            held[place] = held[place - 1];
            place--;
        }
        held[place] = copy;
        heldCount++;
    }

    /** The earliest frame held; only while {@link #heldCount()} is positive. */
    StreamFrame firstHeld() {
        return held[0];
    }

    /** Lets go of the earliest frame held, which stays valid until the next {@link #hold}. */
    StreamFrame removeFirstHeld() {
        StreamFrame first = held[0];
        heldCount--;
        System.arraycopy(held, 1, held, 0, heldCount);
        held[heldCount] = first;
        return first;
    }

    private boolean holds(long sequence) {
        for (int i = 0; i < heldCount; i++) {
            if (held[i].sequence == sequence) {
                return true;
            }
        }
        return false;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(nextSequence);
        out.writeLong(newestCaptureTimeMicros);
        out.writeLong(received);
        out.writeInt(heldCount);
        for (int i = 0; i < heldCount; i++) {
            StreamFrameIo.write(held[i], out);
        }
    }

    void readFrom(DataInput in) throws IOException {
        nextSequence = in.readLong();
        newestCaptureTimeMicros = in.readLong();
        received = in.readLong();
        heldCount = 0;
        int stored = in.readInt();
        StreamFrame frame = new StreamFrame();
        for (int i = 0; i < stored; i++) {
            StreamFrameIo.read(frame, in);
            hold(frame);
        }
    }
}
