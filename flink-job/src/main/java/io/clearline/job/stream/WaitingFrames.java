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
 * Copies of a few frames, in ascending order of their sequence numbers. The copies are reused, so that a stream whose
 * frames are often reordered allocates only at first. Not thread-safe.
 */
final class WaitingFrames {
    private StreamFrame[] frames = new StreamFrame[4];
    private int count;

    int count() {
        return count;
    }

    /** Adds a copy of a frame. */
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

    /** Returns the frame with the lowest sequence number. {@link #count()} must be positive. */
    StreamFrame first() {
        return frames[0];
    }

    /** Returns the frame with the highest sequence number. {@link #count()} must be positive. */
    StreamFrame last() {
        return frames[count - 1];
    }

    /** Removes and returns the frame with the lowest sequence number, which stays valid until the next {@link #add}. */
    StreamFrame removeFirst() {
        StreamFrame first = frames[0];
        count--;
        System.arraycopy(frames, 1, frames, 0, count);
        frames[count] = first;
        return first;
    }

    /** Returns whether a frame with this sequence number waits. */
    boolean contains(long sequence) {
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

    /**
     * Reads what {@link #writeTo} wrote, in place of the current frames.
     *
     * @param withSession whether the frames were written with the name of their session, as from state version 2 on
     */
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
