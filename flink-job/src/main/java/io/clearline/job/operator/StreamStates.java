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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;

/**
 * The states of a subtask's streams: those in use at hand, all in Flink's state backend. What is at hand is ahead of
 * the backend until {@link #store}, before each checkpoint. So a backend on disk reads and writes a stream once a
 * checkpoint and not once a frame, and a stream whose hops wait in the batch has one state.
 *
 * <p>Sets the key of the backend itself, whatever it was. On the task's thread alone; a stream at hand costs no
 * allocation.
 */
final class StreamStates {
    static final String NAME = "streams";

    /** Streams at hand, with a backend on disk; some 40 KB each. */
    private static final int MAX_AT_HAND = 2048;

    /** A state at hand, and whether it is ahead of the backend. */
    private static final class AtHand {
        private final StreamState state;
        private boolean ahead;

        private AtHand(StreamState state) {
            this.state = state;
        }
    }

    private final KeyedStateBackend<String> backend;
    private final ValueState<StreamState> stored;
    private final int maxAtHand;
    /** Longest unused first. */
    private final Map<String, AtHand> atHand = new LinkedHashMap<>(64, 0.75f, true);

    StreamStates(KeyedStateBackend<String> backend, KeyedStateStore store) {
        this(backend, store, MAX_AT_HAND);
    }

    StreamStates(KeyedStateBackend<String> backend, KeyedStateStore store, int maxAtHand) {
        this.backend = backend;
        this.stored = store.getState(new ValueStateDescriptor<>(NAME, StreamStateSerializer.INSTANCE));
        this.maxAtHand = maxAtHand;
    }

    /** The state of a stream for a change of it; null where there is none. */
    @HotPath
    StreamState forChange(String streamId) throws Exception {
        AtHand known = atHand.get(streamId);
        if (known == null) {
            known = load(streamId);
        }
        if (known == null) {
            return null;
        }
        known.ahead = true;
        return known.state;
    }

    /** The state of a stream that stays as it is; null where there is none. */
    StreamState forReading(String streamId) throws Exception {
        AtHand known = atHand.get(streamId);
        if (known != null) {
            return known.state;
        }
        backend.setCurrentKey(streamId);
        return stored.value();
    }

    private AtHand load(String streamId) throws Exception {
        backend.setCurrentKey(streamId);
        StreamState state = stored.value();
        return state == null ? null : take(state);
    }

    private AtHand take(StreamState state) throws Exception {
        makeRoom();
        AtHand taken = new AtHand(state);
        atHand.put(state.streamId(), taken);
        return taken;
    }

    /** Begins a stream that has no state. */
    StreamState create(String streamId) throws Exception {
        AtHand taken = take(new StreamState(streamId));
        // The backend has it at once, so that a walk over its keys meets every stream.
        write(taken);
        taken.ahead = true;
        return taken.state;
    }

    /** Forgets a stream. */
    void remove(String streamId) {
        atHand.remove(streamId);
        backend.setCurrentKey(streamId);
        stored.clear();
    }

    private void makeRoom() throws Exception {
        Iterator<AtHand> longestUnusedFirst = atHand.values().iterator();
        while (atHand.size() >= maxAtHand && longestUnusedFirst.hasNext()) {
            AtHand each = longestUnusedFirst.next();
            if (each.state.waitingHops() == 0) {
                write(each);
                longestUnusedFirst.remove();
            }
        }
    }

    private void write(AtHand each) throws Exception {
        backend.setCurrentKey(each.state.streamId());
        stored.update(each.state);
        each.ahead = false;
    }

    /** Brings the backend up to date, while no hop waits. */
    void store() throws Exception {
        for (AtHand each : atHand.values()) {
            if (each.ahead) {
                write(each);
            }
        }
        if (!backend.isSafeToReuseKVState()) {
            // A backend in memory hands its own objects to the checkpoint; a change needs one that it gives anew.
            atHand.clear();
        }
    }

    /** The streams that have a state, in order, so that every run walks them alike. */
    List<String> streamIds() {
        try (Stream<String> keys = backend.getKeys(NAME, VoidNamespace.INSTANCE)) {
            return keys.sorted().toList();
        }
    }
}
