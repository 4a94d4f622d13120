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
package io.clearline.job.overload;

import io.clearline.dsp.HotPath;

/**
 * How late a stream is, measured against itself: the age of a frame less the least age that the stream's frames had. So
 * neither a sender's clock that is off nor a backlog that is being worked off makes a stream late; only frames that
 * wait longer than those before them. Thread-confined; allocates nothing.
 */
final class StreamDelay {
    /** No queue grows faster than time passes; what seems to is a clock that was set. */
    private static final long CLOCK_STEP_MILLIS = 1_000;
    /** Clocks drift apart by less than this part of the time. */
    private static final double DRIFT = 1.0 / 4096;

    private int epoch = -1;
    private double leastMillis;
    private long lastAgeMillis;
    private long lastNowMillis;

    /**
     * Takes the stream's next frame.
     *
     * @param enhanced whether the frame before was enhanced
     * @param currentEpoch another one than last time: the clock was set or stood still, and what was before says
     *     nothing
     * @param backlog is told how the delay grew
     * @return by how much the frame is later than the stream's frames were at best
     */
    @HotPath
    long take(long ageMillis, long nowMillis, boolean enhanced, int currentEpoch, Backlog backlog) {
        if (epoch != currentEpoch) {
            epoch = currentEpoch;
            leastMillis = ageMillis;
        } else {
            compare(ageMillis, nowMillis, enhanced, backlog);
        }
        lastAgeMillis = ageMillis;
        lastNowMillis = nowMillis;
        return (long) (ageMillis - leastMillis);
    }

    @HotPath
    private void compare(long ageMillis, long nowMillis, boolean enhanced, Backlog backlog) {
        long passed = nowMillis - lastNowMillis;
        long grown = ageMillis - lastAgeMillis;
        if (grown > passed + CLOCK_STEP_MILLIS) {
            leastMillis = ageMillis;
        } else {
            backlog.grew(Math.max(grown, -CLOCK_STEP_MILLIS), passed, enhanced);
            leastMillis = Math.min(ageMillis, leastMillis + passed * DRIFT);
        }
    }
}
