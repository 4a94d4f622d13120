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

/**
 * The clock of a source: ticks of its media (RTP timestamps unwrapped, or samples counted) as a capture time. The first
 * frame is taken to be captured when it arrived; from then on only the ticks count, never an arrival. Immutable.
 */
public final class MediaClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private final int clockRateHz;
    private final long firstTicks;
    private final long firstMicros;

    /**
     * @param clockRateHz ticks a second
     * @param firstTicks of the first frame
     * @param firstMicros its capture time since the epoch
     */
    public MediaClock(int clockRateHz, long firstTicks, long firstMicros) {
        this.clockRateHz = clockRateHz;
        this.firstTicks = firstTicks;
        this.firstMicros = firstMicros;
    }

    /** Capture time of a tick, in microseconds since the epoch. */
    public long captureTimeMicros(long ticks) {
        return firstMicros + scale(ticks - firstTicks, MICROS_PER_SECOND);
    }

    /** Time of a tick since the first frame, in nanoseconds. */
    long nanos(long ticks) {
        return scale(ticks - firstTicks, NANOS_PER_SECOND);
    }

    /** Whole seconds apart, so that years do not overflow. */
    private long scale(long ticks, long unitsPerSecond) {
        return Math.floorDiv(ticks, clockRateHz) * unitsPerSecond
                + Math.floorMod(ticks, clockRateHz) * unitsPerSecond / clockRateHz;
    }
}
