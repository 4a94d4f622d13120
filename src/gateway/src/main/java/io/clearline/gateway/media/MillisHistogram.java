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

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A histogram of durations in steps of one millisecond. Durations above 500 ms are counted as 500 ms. Thread-safe and
 * lock-free.
 */
public final class MillisHistogram {
    private static final int MAX_MILLIS = 500;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(MAX_MILLIS + 1);
    private final MillisHistogram total;

    /**
     * Makes an empty histogram.
     *
     * @param total also records every duration; null if there is none
     */
    public MillisHistogram(MillisHistogram total) {
        this.total = total;
    }

    /** Records a duration in nanoseconds, rounded to milliseconds. */
    public void record(long nanos) {
        int millis = (int) Math.max(0, Math.min(MAX_MILLIS, (nanos + NANOS_PER_MILLI / 2) / NANOS_PER_MILLI));
        counts.getAndIncrement(millis);
        if (total != null) {
            total.record(nanos);
        }
    }

    /**
     * Returns the smallest number of milliseconds that the given share of all durations does not exceed; 0 if none was
     * recorded.
     *
     * @param share 0 to 1, for example 0.99
     */
    public int quantileMillis(double share) {
        long all = 0;
        for (int i = 0; i <= MAX_MILLIS; i++) {
            all += counts.get(i);
        }
        long wanted = (long) Math.ceil(share * all);
        long seen = 0;
        for (int i = 0; i <= MAX_MILLIS; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return all == 0 ? 0 : i;
            }
        }
        return MAX_MILLIS;
    }
}
