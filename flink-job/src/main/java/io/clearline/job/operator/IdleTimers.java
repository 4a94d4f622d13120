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

import io.clearline.job.stream.StreamState;
import io.clearline.kafka.DeliveryMode;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Finds idle streams. In LIVE every stream has one timer, which is set again each time it fires, until the state of the
 * stream is removed. Times are those of a {@link RunningClock}, unless they are called wall-clock time. Confined to the
 * task's thread.
 */
final class IdleTimers {
    /** The state of a stream when its timer fires. */
    enum Finding {
        /** The stream has had frames since the timer was set. */
        ACTIVE,
        /** The stream has had no frame for the idle timeout. */
        IDLE
    }

    /** A timer that fires later than this fires after a stall, when frames of the stream may still be queued. */
    private static final long MAX_LATE_MILLIS = 1000;

    private final boolean live;
    private final long timeoutMillis;
    private final KeyedStateBackend<String> backend;
    private final InternalTimerService<VoidNamespace> timers;
    private final RunningClock clock;

    IdleTimers(
            EnhancementPlan plan,
            KeyedStateBackend<String> backend,
            InternalTimerService<VoidNamespace> timers,
            RunningClock clock) {
        live = plan.mode() == DeliveryMode.LIVE;
        timeoutMillis = plan.idleTimeoutMillis();
        this.backend = backend;
        this.timers = timers;
        this.clock = clock;
    }

    /** Returns the current time of the running clock. */
    long nowMillis() {
        return clock.at(timers.currentProcessingTime());
    }

    /** Returns the time without a frame after which a stream is idle. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    /**
     * Sets the timer of a stream. Does nothing in REPLAY.
     *
     * @param seenMillis time of the stream's last frame
     */
    void watch(String streamId, long seenMillis) {
        if (live) {
            backend.setCurrentKey(streamId);
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, clock.wallMillis(clock.idleSince(seenMillis) + timeoutMillis));
        }
    }

    /**
     * Converts the timestamp of a timer to the running clock.
     *
     * @param timerMillis wall-clock time
     */
    long dueMillis(long timerMillis) {
        return clock.at(timerMillis);
    }

    /**
     * Returns whether a stream is idle when its timer fires. If the timer fires late because of a stall, the stream
     * counts as seen now, since its frames may still be queued.
     *
     * @param timerMillis wall-clock time for which the timer was set
     */
    Finding judge(StreamState stream, long timerMillis) {
        long dueMillis = dueMillis(timerMillis);
        if (dueMillis - clock.idleSince(stream.lastSeenMillis()) < timeoutMillis) {
            return Finding.ACTIVE;
        }
        if (nowMillis() - dueMillis <= MAX_LATE_MILLIS) {
            return Finding.IDLE;
        }
        stream.setLastSeenMillis(nowMillis());
        return Finding.ACTIVE;
    }
}
