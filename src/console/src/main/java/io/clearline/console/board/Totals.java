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
package io.clearline.console.board;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** The counters of the running second, and those since the start of the console. Thread-confined. */
final class Totals {
    private static final long MAX_LATENCY_MILLIS = 600_000;

    /** Latencies of the timed frames of the running second. */
    final Histogram latencyMillis = new Histogram(MAX_LATENCY_MILLIS, 2);

    long in;
    long out;
    long enhanced;
    long dry;
    long concealed;
    long dead;
    double sdrInSum;
    double sdrOutSum;
    long sdrCount;

    long deadSinceStart;
    /** Since the start. */
    final Map<String, Long> deadByReason = new TreeMap<>();
    /** Number of streams in each status, counted at the end of the second. */
    final Map<StreamStatus, Integer> streams = new EnumMap<>(StreamStatus.class);

    void latency(long millis) {
        latencyMillis.recordValue(Math.min(millis, MAX_LATENCY_MILLIS));
    }

    void deadLetter(String reason) {
        dead++;
        deadSinceStart++;
        deadByReason.merge(reason, 1L, Long::sum);
    }

    /** Resets the counters of the running second. */
    void nextSecond() {
        in = 0;
        out = 0;
        enhanced = 0;
        dry = 0;
        concealed = 0;
        dead = 0;
        sdrInSum = 0;
        sdrOutSum = 0;
        sdrCount = 0;
        latencyMillis.reset();
    }
}
