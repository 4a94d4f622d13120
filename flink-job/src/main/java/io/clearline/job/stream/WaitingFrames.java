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

import io.clearline.schemas.frame.StreamFrame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Copies of the few frames that came too early, in order of their sequence. The copies are reused, so that a stream
 * that reorders often allocates nothing after the first time. Not thread-safe.
 */
final class WaitingFrames {
    private StreamFrame[] frames = new StreamFrame[4];
    private int count;

    int count() {
        return count;
    }

    /** Keeps a copy of a frame. */
    void add(StreamFrame frame) {
        if (count == frames.length) {
            frames = Arrays.copyOf(frames, 2 * count);
        }
        StreamFrame copy = frames[count] == null ? new StreamFrame() : frames[count];
        copy.copyFrom(frame);
        int place = count;
        while (place > 0 && frames[place - 1].sequence > copy.sequence) {
            frames[place] = frames[place - 1];
            place--;
        }
        frames[place] = copy;
        count++;
    }

    /** The frame with the lowest sequence; only while {@link #count()} is positive. */
    StreamFrame first() {
        return frames[0];
    }

    /** The frame with the highest sequence; only while {@link #count()} is positive. */
    StreamFrame last() {
        return frames[count - 1];
    }

    /** Lets go of the frame with the lowest sequence, which stays valid until the next {@link #add}. */
    StreamFrame removeFirst() {
        StreamFrame first = frames[0];
        count--;
        System.arraycopy(frames, 1, frames, 0, count);
        frames[count] = first;
        return first;
    }

    /** Whether a frame with this sequence waits. */
    boolean holds(long sequence) {
        for (int i = 0; i < count; i++) {
            if (frames[i].sequence == sequence) {
                return true;
            }
        }
        return false;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            StreamFrameIo.write(frames[i], out);
        }
    }

    /** @param withSession whether the frames were written with the name of their session */
    void readFrom(DataInput in, boolean withSession) throws IOException {
        count = 0;
        int stored = in.readInt();
        StreamFrame frame = new StreamFrame();
        for (int i = 0; i < stored; i++) {
            if (withSession) {
                StreamFrameIo.read(frame, in);
            } else {
                StreamFrameIo.readWithoutSession(frame, in);
            }
            add(frame);
        }
    }
}
