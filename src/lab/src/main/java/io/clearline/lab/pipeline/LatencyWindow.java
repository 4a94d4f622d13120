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
 * Latencies of the frames that were due within a period.
 *
 * <p>The due time of an output frame is that of the input frame that completes it, whenever the latter was actually
 * sent. A stall therefore counts for every frame that it delayed, without coordinated omission. Thread-safe.
 */
final class LatencyWindow {
    private static final int SIGNIFICANT_DIGITS = 3;
    /** Time for generator and listener to see a new window before it starts. */
    private static final long LEAD_MICROS = TimeUnit.MILLISECONDS.toMicros(50);

    private final long startMicros;
    private final long endMicros;
    private final long deadlineMicros;
    private final Histogram enhanced = new Histogram(TimeUnit.MINUTES.toMicros(10), SIGNIFICANT_DIGITS);
    private final Histogram dry = new Histogram(TimeUnit.MINUTES.toMicros(10), SIGNIFICANT_DIGITS);
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

    /**
     * Observes the traffic of the next seconds. Then waits for the frames that are still missing, at most until the
     * deadline of the last one.
     */
    static LatencyResult observe(Traffic traffic, Listener listener, double seconds, int deadlineMillis)
            throws IOException {
        long start = RunClock.micros() + LEAD_MICROS;
        long end = start + (long) (1e6 * seconds);
        LatencyWindow window = new LatencyWindow(start, end, TimeUnit.MILLISECONDS.toMicros(deadlineMillis));
        listener.observe(window);
        traffic.observe(window);
        Await.pause(Duration.ofNanos(1000 * (end - RunClock.micros())), "the end of the measurement");
        long lastDeadline = end + window.deadlineMicros + LEAD_MICROS;
        while (!window.complete() && RunClock.micros() < lastDeadline) {
            Await.pause(Duration.ofMillis(1), "the last frames");
        }
        return window.result();
    }

    /** Returns whether a frame that was due then belongs to the window. */
    boolean covers(long dueMicros) {
        return dueMicros >= startMicros && dueMicros < endMicros;
    }

    /** Records an input frame that completes the given number of output frames. */
    synchronized void sent(long completes) {
        sent++;
        expected += completes;
    }

    /**
     * Records an output frame whose due time the window {@link #covers}.
     *
     * @param latencyMicros time from the due time to the arrival
     * @param bypass whether it came out dry
     */
    synchronized void arrived(long dueMicros, long latencyMicros, boolean bypass) {
        arrived++;
        if (bypass) {
            bypassed++;
            dry.recordValue(Math.max(0, latencyMicros));
        } else {
            enhanced.recordValue(Math.max(0, latencyMicros));
            timeline.add(dueMicros, latencyMicros);
            late += latencyMicros > deadlineMicros ? 1 : 0;
        }
    }

    /** Returns whether every output frame of the window has arrived. */
    synchronized boolean complete() {
        return arrived >= expected;
    }

    /**
     * Returns the result so far. A missing frame counts with the time since the end of the window, its least latency.
     */
    synchronized LatencyResult result() {
        Histogram all = enhanced.copy();
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
