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
 * The streams that hold frames back until a further one arrives, in order of their last frame, with the end of each
 * wait. Thread-confined; a frame of a stream that is known allocates nothing.
 */
final class OverdueStreams {
    private final long timeoutMillis;
    /** In access order, so that the stream whose last frame is oldest comes first. */
    private final Map<String, Wait> waits = new LinkedHashMap<>(64, 0.75f, true);
    /** Restored streams without a frame yet. They wait longer, so among the others they would hide shorter waits. */
    private final Map<String, Wait> restored = new LinkedHashMap<>();

    /** The end of a stream's wait. Mutable, so that a frame allocates nothing. */
    private static final class Wait {
        private long untilMillis;
    }

    /** @param timeoutMillis time that a stream waits after its last frame */
    OverdueStreams(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    /** Starts the wait of a stream, or extends it after a frame. */
    @HotPath
    void wait(String streamId, long nowMillis) {
        Wait wait = waits.get(streamId);
        if (wait == null) {
            wait = add(streamId);
        }
        wait.untilMillis = nowMillis + timeoutMillis;
    }

    private Wait add(String streamId) {
        restored.remove(streamId);
        Wait wait = new Wait();
        waits.put(streamId, wait);
        return wait;
    }

    /**
     * Starts the wait of a restored stream, whose next frame may take longer.
     *
     * @param untilMillis not before that of any stream restored earlier
     */
    void waitRestored(String streamId, long untilMillis) {
        Wait wait = new Wait();
        wait.untilMillis = untilMillis;
        restored.put(streamId, wait);
    }

    /** Ends every wait at this time at the latest. */
    void waitNoLongerThan(long untilMillis) {
        shorten(waits, untilMillis);
        shorten(restored, untilMillis);
    }

    private static void shorten(Map<String, Wait> waits, long untilMillis) {
        for (Wait wait : waits.values()) {
            wait.untilMillis = Math.min(wait.untilMillis, untilMillis);
        }
    }

    /** Ends the wait of a stream that holds nothing back. */
    @HotPath
    void remove(String streamId) {
        waits.remove(streamId);
        restored.remove(streamId);
    }

    /** Returns whether no stream waits. */
    boolean isEmpty() {
        return waits.isEmpty() && restored.isEmpty();
    }

    /** Returns when the first wait ends. At least one stream must wait. */
    long firstMillis() {
        return Math.min(firstMillis(waits), firstMillis(restored));
    }

    private static long firstMillis(Map<String, Wait> waits) {
        return waits.isEmpty() ? Long.MAX_VALUE : waits.values().iterator().next().untilMillis;
    }

    /** Removes and returns a stream whose wait is over, or returns null if there is none. */
    String next(long nowMillis) {
        String streamId = next(waits, nowMillis);
        return streamId == null ? next(restored, nowMillis) : streamId;
    }

    private static String next(Map<String, Wait> waits, long nowMillis) {
        if (firstMillis(waits) > nowMillis) {
            return null;
        }
        Iterator<String> streamIds = waits.keySet().iterator();
        String streamId = streamIds.next();
        streamIds.remove();
        return streamId;
    }
}
