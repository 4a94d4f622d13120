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

import java.util.concurrent.TimeUnit;

/**
 * Tells when a moment of the media would have arrived on the fastest way: the least difference between arrival and
 * media time in the last four to eight seconds. So it follows the drift between the source's clock and ours, and what
 * is played is paced by the source's clock: no sample is added or taken away for drift. Thread-confined.
 */
final class ArrivalBaseline {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(4);
    /** Beyond it the source was stopped, or its clock was set: the past says nothing. */
    private static final long JUMP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean started;
    private long windowStart;
    private long previous;
    private long current;

    /**
     * Takes an arrival into account.
     *
     * @param mediaNanos of the first sample
     * @return whether the past was forgotten
     */
    boolean observe(long mediaNanos, long arrivalNanos) {
        long difference = arrivalNanos - mediaNanos;
        if (!started || Math.abs(difference - base()) > JUMP_NANOS) {
            boolean jumped = started;
            started = true;
            windowStart = arrivalNanos;
            previous = difference;
            current = difference;
            return jumped;
        }
        if (arrivalNanos - windowStart > WINDOW_NANOS) {
            windowStart = arrivalNanos;
            previous = current;
            current = difference;
        }
        current = Math.min(current, difference);
        return false;
    }

    /** When a moment of the media arrives at the earliest, in the time of {@link System#nanoTime}. */
    long arrivalNanos(long mediaNanos) {
        return mediaNanos + base();
    }

    /** The moment of the media that would arrive then at the earliest: the inverse of {@link #arrivalNanos}. */
    long mediaNanos(long arrivalNanos) {
        return arrivalNanos - base();
    }

    private long base() {
        return Math.min(previous, current);
    }
}
