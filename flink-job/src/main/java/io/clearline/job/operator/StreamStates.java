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
 * The states of a subtask's streams: a write-back cache of live objects in front of Flink's state backend. Cached
 * states are ahead of the backend until {@link #store}, which must be called before each checkpoint. A backend on disk
 * therefore reads and writes a stream once per checkpoint and not once per frame, and a stream with hops in the batch
 * has only one state object.
 *
 * <p>Sets the current key of the backend as needed. Confined to the task's thread; access to a cached stream allocates
 * nothing.
 */
final class StreamStates {
    /** Name of the keyed state. */
    static final String NAME = "streams";

    /** Default limit of cached streams, of some 40 KB each. It bounds memory if the backend is on disk. */
    private static final int MAX_CACHED = 2048;

    /** A cached state. */
    private static final class Cached {
        private final StreamState state;
        /** Whether the state differs from the one in the backend. */
        private boolean ahead;

        private Cached(StreamState state) {
            this.state = state;
        }
    }

    private final KeyedStateBackend<String> backend;
    private final ValueState<StreamState> stored;
    private final int maxCached;
    /** In access order, so that the least recently used stream comes first. */
    private final Map<String, Cached> cached = new LinkedHashMap<>(64, 0.75f, true);

    StreamStates(KeyedStateBackend<String> backend, KeyedStateStore store) {
        this(backend, store, MAX_CACHED);
    }

    StreamStates(KeyedStateBackend<String> backend, KeyedStateStore store, int maxCached) {
        this.backend = backend;
        this.stored = store.getState(new ValueStateDescriptor<>(NAME, StreamStateSerializer.INSTANCE));
        this.maxCached = maxCached;
    }

    /** Returns the state of a stream in order to change it; null if there is none. */
    @HotPath
    StreamState forChange(String streamId) throws Exception {
        Cached known = cached.get(streamId);
        if (known == null) {
            known = load(streamId);
        }
        if (known == null) {
            return null;
        }
        known.ahead = true;
        return known.state;
    }

    /**
     * Returns the state of a stream, which must not be changed; null if there is none. Does not load it into the cache.
     */
    StreamState forReading(String streamId) throws Exception {
        Cached known = cached.get(streamId);
        if (known != null) {
            return known.state;
        }
        backend.setCurrentKey(streamId);
        return stored.value();
    }

    private Cached load(String streamId) throws Exception {
        backend.setCurrentKey(streamId);
        StreamState state = stored.value();
        return state == null ? null : take(state);
    }

    private Cached take(StreamState state) throws Exception {
        evict();
        Cached taken = new Cached(state);
        cached.put(state.streamId(), taken);
        return taken;
    }

    /** Creates the state of a new stream. */
    StreamState create(String streamId) throws Exception {
        Cached taken = take(new StreamState(streamId));
        // Written to the backend at once, so that streamIds() includes every stream.
        write(taken);
        taken.ahead = true;
        return taken.state;
    }

    /** Removes the state of a stream. */
    void remove(String streamId) {
        cached.remove(streamId);
        backend.setCurrentKey(streamId);
        stored.clear();
    }

    /**
     * Makes space for one more state. Writes back the least recently used states and removes them, except those with
     * hops in the batch.
     */
    private void evict() throws Exception {
        Iterator<Cached> leastRecentFirst = cached.values().iterator();
        while (cached.size() >= maxCached && leastRecentFirst.hasNext()) {
            Cached each = leastRecentFirst.next();
            if (each.state.waitingHops() == 0) {
                write(each);
                leastRecentFirst.remove();
            }
        }
    }

    private void write(Cached each) throws Exception {
        backend.setCurrentKey(each.state.streamId());
        stored.update(each.state);
        each.ahead = false;
    }

    /** Writes all changed states to the backend. No hop may wait in the batch. */
    void store() throws Exception {
        for (Cached each : cached.values()) {
            if (each.ahead) {
                write(each);
            }
        }
        if (!backend.isSafeToReuseKVState()) {
            // A backend in memory passes its own objects to the checkpoint. They must be fetched again before a change.
            cached.clear();
        }
    }

    /** Returns the streams that have a state, sorted, so that every run visits them in the same order. */
    List<String> streamIds() {
        try (Stream<String> keys = backend.getKeys(NAME, VoidNamespace.INSTANCE)) {
            return keys.sorted().toList();
        }
    }
}
