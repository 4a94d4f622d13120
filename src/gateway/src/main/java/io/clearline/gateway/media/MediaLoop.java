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
 * One event loop and its sessions: every {@value #TICK_MILLIS} ms it hands out the enhanced frames that have come, and
 * plays what is due. Everything of a session happens on its loop, so that sessions need no locks; any thread delivers.
 */
public final class MediaLoop {
    static final int TICK_MILLIS = 5;
    private static final Logger LOGGER = LoggerFactory.getLogger(MediaLoop.class);

    private record Arrived(MediaSession session, EnhancedFrame frame, long readyNanos) {}

    /** Something that is to be done every tick. */
    public interface Ticking {
        /** @param nowNanos in the time of {@link System#nanoTime} */
        void tick(long nowNanos);
    }

    private final EventLoop executor;
    private final List<Ticking> ticking = new ArrayList<>();
    private final Queue<Arrived> arrived = new ConcurrentLinkedQueue<>();
    private ScheduledFuture<?> schedule;

    public MediaLoop(EventLoop executor) {
        this.executor = executor;
    }

    /** Where everything of its sessions happens. */
    public EventLoop executor() {
        return executor;
    }

    /** Begins to tick. */
    public void start() {
        schedule = executor.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Ticks no more. */
    public void stop() {
        schedule.cancel(false);
    }

    /** Takes what is to tick; on the loop. */
    public void add(Ticking each) {
        ticking.add(each);
    }

    /** On the loop. */
    public void remove(Ticking each) {
        ticking.remove(each);
    }

    /** Takes an enhanced frame; any thread. */
    public void deliver(MediaSession session, EnhancedFrame frame, long readyNanos) {
        arrived.add(new Arrived(session, frame, readyNanos));
    }

    private void tick() {
        for (Arrived each = arrived.poll(); each != null; each = arrived.poll()) {
            Arrived frame = each;
            guarded(each.session, () -> frame.session.enhanced(frame.frame, frame.readyNanos));
        }
        long now = System.nanoTime();
        // A session may end in its tick.
        for (Ticking each : List.copyOf(ticking)) {
            guarded(each, () -> each.tick(now));
        }
    }

    private static void guarded(Object whose, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // The neighbours go on, and so does the schedule.
            LOGGER.error("{} failed in its tick", whose, e);
        }
    }
}
