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
package io.clearline.job.operator;

import io.clearline.dsp.HotPath;
import io.clearline.job.stream.StreamState;

/**
 * The streams whose hops wait in the batch: their states are ahead of what is stored, so they are found here and not in
 * the state backend until the batch has run. At most as many as the batch is wide, so a scan is quick; allocates
 * nothing.
 */
final class TouchedStreams {
    private final StreamState[] states;
    private int size;

    TouchedStreams(int capacity) {
        states = new StreamState[capacity];
    }

    int size() {
        return size;
    }

    StreamState get(int index) {
        return states[index];
    }

    /** The state of a stream that waits, or null. */
    @HotPath
    StreamState find(String streamId) {
        int hash = streamId.hashCode();
        for (int i = 0; i < size; i++) {
            String candidate = states[i].streamId();
            if (candidate.hashCode() == hash && candidate.equals(streamId)) {
                return states[i];
            }
        }
        return null;
    }

    @HotPath
    void add(StreamState state) {
        for (int i = 0; i < size; i++) {
            if (states[i] == state) {
                return;
            }
        }
        states[size++] = state;
    }

    /** Lets go of one; the last takes its place. */
    @HotPath
    void remove(int index) {
        size--;
        states[index] = states[size];
        states[size] = null;
    }
}
