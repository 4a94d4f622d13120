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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The streams that hold frames for one that is to follow, the longest without a frame first: whose wait is over, and
 * when the next one's is. Thread-confined; a frame of a stream that is known allocates nothing.
 */
final class OverdueStreams {
    private final long timeoutMillis;
    /** In order of the last frame. */
    private final Map<String, Wait> waits = new LinkedHashMap<>(64, 0.75f, true);

    /** When a stream's wait is over. */
    private static final class Wait {
        private long untilMillis;
    }

    /** @param timeoutMillis how long a stream waits after its last frame */
    OverdueStreams(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    /** A frame of a stream came, and it holds something now. */
    @HotPath
    void wait(String streamId, long nowMillis) {
        Wait wait = waits.get(streamId);
        if (wait == null) {
            wait = add(streamId);
        }
        wait.untilMillis = nowMillis + timeoutMillis;
    }

    /** A stream that was restored holds something, and its next frame has to be found first. */
    void waitRestored(String streamId, long untilMillis) {
        add(streamId).untilMillis = untilMillis;
    }

    /** Ends every wait at this time at the latest. */
    void waitNoLongerThan(long untilMillis) {
        for (Wait wait : waits.values()) {
            wait.untilMillis = Math.min(wait.untilMillis, untilMillis);
        }
    }

    private Wait add(String streamId) {
        Wait wait = new Wait();
        waits.put(streamId, wait);
        return wait;
    }

    /** A stream holds nothing any more. */
    @HotPath
    void remove(String streamId) {
        waits.remove(streamId);
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }

    /** When the first wait is over; only while not {@link #isEmpty}. */
    long firstMillis() {
        return waits.values().iterator().next().untilMillis;
    }

    /** Takes out a stream whose wait is over, or gives null. */
    String next(long nowMillis) {
        Iterator<Map.Entry<String, Wait>> waiting = waits.entrySet().iterator();
        if (!waiting.hasNext()) {
            return null;
        }
        Map.Entry<String, Wait> first = waiting.next();
        if (first.getValue().untilMillis > nowMillis) {
            return null;
        }
        String streamId = first.getKey();
        waiting.remove();
        return streamId;
    }
}
