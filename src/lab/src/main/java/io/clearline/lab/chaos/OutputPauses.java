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
package io.clearline.lab.chaos;

import io.clearline.local.DaemonThreads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures the longest time for which a counter did not grow, to 50 ms. It polls the counter on a thread of its own. If
 * two polls are more than a second apart, the whole machine was stalled, and the time between them does not count.
 */
final class OutputPauses implements AutoCloseable {
    private static final long POLL_INTERVAL_MILLIS = 50;
    private static final long MAX_POLL_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScheduledExecutorService poller = DaemonThreads.scheduled("pauses");
    private final LongSupplier counter;
    private long last;
    private long lastGrowthNanos = System.nanoTime();
    private long lastPollNanos = lastGrowthNanos;
    private volatile long longestNanos;

    private OutputPauses(LongSupplier counter) {
        this.counter = counter;
        this.last = counter.getAsLong();
    }

    /** Starts polling a counter, until closed. */
    static OutputPauses watch(LongSupplier counter) {
        OutputPauses pauses = new OutputPauses(counter);
        pauses.poller.scheduleAtFixedRate(
                pauses::poll, POLL_INTERVAL_MILLIS, POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return pauses;
    }

    private void poll() {
        long now = System.nanoTime();
        if (now - lastPollNanos > MAX_POLL_GAP_NANOS) {
            lastGrowthNanos += now - lastPollNanos;
        }
        lastPollNanos = now;
        if (counter.getAsLong() != last) {
            last = counter.getAsLong();
            lastGrowthNanos = now;
        }
        longestNanos = Math.max(longestNanos, now - lastGrowthNanos);
    }

    /** Returns the longest pause so far, including one that has not ended. */
    double longestSeconds() {
        return longestNanos / 1e9;
    }

    @Override
    public void close() {
        poller.shutdownNow();
    }
}
