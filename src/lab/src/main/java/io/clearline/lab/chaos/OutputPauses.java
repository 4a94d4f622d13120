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
 * Measures for how long at most a number did not grow, to a twentieth of a second. A thread of its own watches; what
 * the watcher itself stood still with the machine, beyond a second, is no pause.
 */
final class OutputPauses implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;
    private static final long STOOD_STILL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScheduledExecutorService clock = DaemonThreads.scheduled("pauses");
    private final LongSupplier number;
    private long last;
    private long grewNanos = System.nanoTime();
    private long lookedNanos = grewNanos;
    private volatile long longestNanos;

    private OutputPauses(LongSupplier number) {
        this.number = number;
        this.last = number.getAsLong();
    }

    /** Watches until it is closed. */
    static OutputPauses watch(LongSupplier number) {
        OutputPauses pauses = new OutputPauses(number);
        pauses.clock.scheduleAtFixedRate(pauses::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return pauses;
    }

    private void look() {
        long now = System.nanoTime();
        if (now - lookedNanos > STOOD_STILL_NANOS) {
            grewNanos += now - lookedNanos;
        }
        lookedNanos = now;
        if (number.getAsLong() != last) {
            last = number.getAsLong();
            grewNanos = now;
        }
        longestNanos = Math.max(longestNanos, now - grewNanos);
    }

    double longestSeconds() {
        return longestNanos / 1e9;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
