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
 * Converts the ticks of a source to capture times. Ticks are unwrapped RTP timestamps, or samples counted. The first
 * frame is assumed to be captured when it arrives; from then on only ticks count, so that network jitter never reaches
 * the capture times. Immutable.
 */
public final class MediaClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private final int clockRateHz;
    private final long firstTicks;
    private final long firstMicros;

    /**
     * Makes a clock that starts with the first frame of a source.
     *
     * @param clockRateHz ticks per second
     * @param firstTicks ticks at the first sample of the first frame
     * @param firstMicros its capture time, in microseconds since the epoch
     */
    public MediaClock(int clockRateHz, long firstTicks, long firstMicros) {
        this.clockRateHz = clockRateHz;
        this.firstTicks = firstTicks;
        this.firstMicros = firstMicros;
    }

    /** Returns the capture time of a tick, in microseconds since the epoch. */
    public long captureTimeMicros(long ticks) {
        return firstMicros + scale(ticks - firstTicks, MICROS_PER_SECOND);
    }

    /** Returns the media time of a tick since the first frame, in nanoseconds. */
    long nanos(long ticks) {
        return scale(ticks - firstTicks, NANOS_PER_SECOND);
    }

    /**
     * Converts ticks to units of time. Whole seconds are converted separately, so that streams of years do not
     * overflow.
     */
    private long scale(long ticks, long unitsPerSecond) {
        return Math.floorDiv(ticks, clockRateHz) * unitsPerSecond
                + Math.floorMod(ticks, clockRateHz) * unitsPerSecond / clockRateHz;
    }
}
