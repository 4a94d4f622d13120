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

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The maximum latency of each tenth of a second, by the due times of the frames. Not thread-safe. */
final class LatencyTimeline {
    static final int SLICE_MILLIS = 100;
    /** Latency above which frames form a stall: the p99 limit of the capacity search. */
    static final double LATE_MILLIS = 50;

    private static final long SLICE_MICROS = 1000L * SLICE_MILLIS;

    private final long startMicros;
    private final long[] worstMicros;

    LatencyTimeline(long startMicros, long endMicros) {
        this.startMicros = startMicros;
        worstMicros = new long[(int) ((endMicros - startMicros + SLICE_MICROS - 1) / SLICE_MICROS)];
    }

    private LatencyTimeline(long startMicros, long[] worstMicros) {
        this.startMicros = startMicros;
        this.worstMicros = worstMicros;
    }

    LatencyTimeline copy() {
        return new LatencyTimeline(startMicros, worstMicros.clone());
    }

    /** Records the latency of a frame that was due within the timeline. */
    void add(long dueMicros, long latencyMicros) {
        int slice = (int) ((dueMicros - startMicros) / SLICE_MICROS);
        worstMicros[slice] = Math.max(worstMicros[slice], latencyMicros);
    }

    /**
     * Returns the stalls in the order of time.
     *
     * @param pauses pauses of the processes; a stall lists those that overlap it
     */
    List<Stall> stalls(List<Pause> pauses) {
        List<Stall> stalls = new ArrayList<>();
        int slice = 0;
        while (slice < worstMicros.length) {
            int first = slice;
            while (slice < worstMicros.length && isLate(slice)) {
                slice++;
            }
            if (slice > first) {
                stalls.add(stall(first, slice, pauses));
            }
            slice++;
        }
        return stalls;
    }

    private boolean isLate(int slice) {
        return worstMicros[slice] > 1000 * LATE_MILLIS;
    }

    private Stall stall(int first, int end, List<Pause> pauses) {
        long worst = 0;
        for (int slice = first; slice < end; slice++) {
            worst = Math.max(worst, worstMicros[slice]);
        }
        long from = startMicros + first * SLICE_MICROS;
        // A pause that delays the last frame may start after that frame was due.
        long to = startMicros + end * SLICE_MICROS + worst;
        return new Stall(
                Instant.EPOCH.plus(from / 1000, ChronoUnit.MILLIS).toString(),
                Rounding.of((end - first) * SLICE_MILLIS / 1000.0),
                Rounding.of(worst / 1000.0),
                pauses.stream()
                        .filter(pause -> pause.overlaps(from, to))
                        .map(LatencyTimeline::describe)
                        .toList());
    }

    private static String describe(Pause pause) {
        return String.format(Locale.ROOT, "%s, %.0f ms", pause.what(), pause.millis());
    }
}
