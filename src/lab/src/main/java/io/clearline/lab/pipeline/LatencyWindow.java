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
package io.clearline.lab.pipeline;

import io.clearline.lab.cluster.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The frames that were due within a stretch of time, and how late each came out. A frame belongs to the moment at which
 * the input that completes it was due, whenever it was really sent or read: a stall counts for every frame that it held
 * up. Thread-safe.
 */
final class LatencyWindow {
    private static final int DIGITS = 3;
    private static final long LEAD_MICROS = TimeUnit.MILLISECONDS.toMicros(50);

    private final long startMicros;
    private final long endMicros;
    private final long deadlineMicros;
    private final Histogram carried = new Histogram(TimeUnit.MINUTES.toMicros(10), DIGITS);
    private final Histogram dry = new Histogram(TimeUnit.MINUTES.toMicros(10), DIGITS);
    private final LatencyTimeline timeline;
    private long expected;
    private long arrived;
    private long bypassed;
    private long late;
    private long sent;

    LatencyWindow(long startMicros, long endMicros, long deadlineMicros) {
        this.startMicros = startMicros;
        this.endMicros = endMicros;
        this.deadlineMicros = deadlineMicros;
        timeline = new LatencyTimeline(startMicros, endMicros);
    }

    /** Looks at the traffic from now on for so long, and then for what is still to come of it until the deadline. */
    static LatencyResult observe(Traffic traffic, Listener listener, double seconds, int deadlineMillis)
            throws IOException {
        long start = RunClock.micros() + LEAD_MICROS;
        long end = start + (long) (1e6 * seconds);
        LatencyWindow window = new LatencyWindow(start, end, TimeUnit.MILLISECONDS.toMicros(deadlineMillis));
        listener.observe(window);
        traffic.observe(window);
        Await.pause(Duration.ofNanos(1000 * (end - RunClock.micros())), "frames were measured");
        long patience = end + window.deadlineMicros + LEAD_MICROS;
        while (!window.complete() && RunClock.micros() < patience) {
            Await.pause(Duration.ofMillis(1), "the last frames were awaited");
        }
        return window.result();
    }

    boolean covers(long dueMicros) {
        return dueMicros >= startMicros && dueMicros < endMicros;
    }

    /** A frame went in that completes so many. */
    synchronized void sent(long completes) {
        sent++;
        expected += completes;
    }

    /** A frame came out, so long after it could have, which the window {@link #covers}. */
    synchronized void arrived(long dueMicros, long latencyMicros, boolean bypass) {
        arrived++;
        if (bypass) {
            bypassed++;
            dry.recordValue(Math.max(0, latencyMicros));
        } else {
            carried.recordValue(Math.max(0, latencyMicros));
            timeline.add(dueMicros, latencyMicros);
            late += latencyMicros > deadlineMicros ? 1 : 0;
        }
    }

    synchronized boolean complete() {
        return arrived >= expected;
    }

    /** What is known now; frames that did not come out yet are at least as late as the window's end is past. */
    synchronized LatencyResult result() {
        Histogram all = carried.copy();
        long missing = Math.max(0, expected - arrived);
        if (missing > 0) {
            all.recordValueWithCount(Math.max(deadlineMicros + 1, RunClock.micros() - endMicros), missing);
        }
        return new LatencyResult(
                sent,
                arrived,
                missing,
                bypassed,
                late + missing,
                Percentiles.of(all),
                Percentiles.of(dry),
                timeline.copy());
    }
}
