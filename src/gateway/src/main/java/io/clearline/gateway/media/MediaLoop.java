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
package io.clearline.gateway.media;

import io.clearline.schemas.EnhancedFrame;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop and the sessions that run on it. Every {@value #TICK_MILLIS} ms it hands the enhanced frames that have
 * arrived to their sessions, then ticks every session so that it plays what is due.
 *
 * <p>Everything that concerns a session runs on its loop, so sessions need no locks. Only {@link #deliver} and
 * {@link #executor} may be called from any thread.
 */
public final class MediaLoop {
    static final int TICK_MILLIS = 5;
    private static final Logger LOGGER = LoggerFactory.getLogger(MediaLoop.class);

    private record Arrived(MediaSession session, EnhancedFrame frame, long readyNanos) {}

    /** Is called once per tick. */
    public interface Ticking {
        /**
         * Does the periodic work.
         *
         * @param nowNanos on the clock of {@link System#nanoTime}
         */
        void tick(long nowNanos);
    }

    private final EventLoop executor;
    private final List<Ticking> ticking = new ArrayList<>();
    private final Queue<Arrived> arrived = new ConcurrentLinkedQueue<>();
    private ScheduledFuture<?> schedule;

    public MediaLoop(EventLoop executor) {
        this.executor = executor;
    }

    /** Returns the executor on which everything of the loop's sessions runs. Thread-safe. */
    public EventLoop executor() {
        return executor;
    }

    /** Starts to tick. */
    public void start() {
        schedule = executor.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stops ticking. */
    public void stop() {
        schedule.cancel(false);
    }

    /** Adds what is to be ticked. Must be called on the loop. */
    public void add(Ticking each) {
        ticking.add(each);
    }

    /** Removes what was added. Must be called on the loop, also from within a tick. */
    public void remove(Ticking each) {
        ticking.remove(each);
    }

    /**
     * Queues an enhanced frame for the next tick. Thread-safe.
     *
     * @param readyNanos when the frame was read from Kafka, on the clock of {@link System#nanoTime}
     */
    public void deliver(MediaSession session, EnhancedFrame frame, long readyNanos) {
        arrived.add(new Arrived(session, frame, readyNanos));
    }

    private void tick() {
        for (Arrived each = arrived.poll(); each != null; each = arrived.poll()) {
            Arrived frame = each;
            guarded(each.session, () -> frame.session.enhanced(frame.frame, frame.readyNanos));
        }
        long now = System.nanoTime();
        // A copy, since a session may end, and so remove itself, in its tick.
        for (Ticking each : List.copyOf(ticking)) {
            guarded(each, () -> each.tick(now));
        }
    }

    private static void guarded(Object owner, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // One failing session must not stop the others, nor cancel the schedule.
            LOGGER.error("{} failed in its tick", owner, e);
        }
    }
}
