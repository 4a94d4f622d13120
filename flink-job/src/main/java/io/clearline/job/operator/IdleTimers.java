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
 * Tells which streams are idle: live, each stream has one timer, which runs on while the stream does. Times are those
 * of a {@link RunningClock}. On the task's thread alone.
 */
final class IdleTimers {
    /** What a timer found. */
    enum Finding {
        /** The stream had frames meanwhile. */
        ACTIVE,
        /** It had none for the idle timeout. */
        IDLE
    }

    /**
     * A timer that comes later than this comes after a stall: the frames of the meantime may still wait for the job.
     */
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

    /** Now, as streams see it. */
    long nowMillis() {
        return clock.at(timers.currentProcessingTime());
    }

    /** How long a stream may be without a frame. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    /** Sets the timer of a stream that was seen last at a time of this clock. */
    void watch(String streamId, long seenMillis) {
        if (live) {
            backend.setCurrentKey(streamId);
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, clock.wallMillis(clock.idleSince(seenMillis) + timeoutMillis));
        }
    }

    /** The time of this clock that a timer was set for. */
    long dueMillis(long timerMillis) {
        return clock.at(timerMillis);
    }

    /**
     * Judges a stream when its timer has come. Where the job stood still until long after the timer was due, the
     * stream's frames may still wait: it then counts as seen now.
     *
     * @param timerMillis what the timer was set for, in wall-clock time
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
