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
package io.clearline.lab.scaling;

import java.util.Arrays;

/** Latencies, counted to a tenth of a millisecond and up to ten seconds. Thread-confined. */
final class LatencyCounts {
    private static final long STEP_NANOS = 100_000;
    private static final double STEP_MILLIS = 0.1;

    private final long[] counts = new long[100_000];
    private long all;

    void add(long nanos) {
        counts[(int) Math.min(counts.length - 1, nanos / STEP_NANOS)]++;
        all++;
    }

    void clear() {
        Arrays.fill(counts, 0);
        all = 0;
    }

    /** Below it is this share of them; 0 where there are none. */
    double quantileMillis(double share) {
        long left = (long) Math.ceil(share * all);
        for (int i = 0; i < counts.length; i++) {
            left -= counts[i];
            if (left <= 0) {
                return all == 0 ? 0 : (i + 1) * STEP_MILLIS;
            }
        }
        throw new IllegalStateException("more counted than there are");
    }
}
