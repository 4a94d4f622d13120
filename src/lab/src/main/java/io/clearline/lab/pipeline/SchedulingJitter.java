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

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Measures how late this machine wakes a thread that does nothing but wake up every millisecond. This is a lower bound
 * for the latency of frames. The thread runs from the construction until {@link #end}.
 */
final class SchedulingJitter {
    private static final long PERIOD_NANOS = 1_000_000;
    private static final long MAX_MICROS = 60_000_000;

    private final Histogram lateMicros = new Histogram(MAX_MICROS, 3);
    private final Thread thread = new Thread(this::run, "jitter");
    private volatile boolean ended;

    SchedulingJitter() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long due = System.nanoTime() + PERIOD_NANOS;
        while (!ended) {
            LockSupport.parkNanos(due - System.nanoTime());
            long late = System.nanoTime() - due;
            if (late >= 0) {
                lateMicros.recordValue(Math.min(MAX_MICROS, late / 1000));
                due += PERIOD_NANOS;
            }
        }
    }

    /** Stops the thread and returns its delays. */
    Percentiles end() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Percentiles.of(lateMicros);
    }
}
