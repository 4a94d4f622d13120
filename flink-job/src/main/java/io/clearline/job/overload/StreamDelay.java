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
 * Measures how late a stream is, relative to itself: the age of its frame less the smallest age that its frames have
 * had. A sender's clock that is wrong, or a backlog that shrinks, therefore makes no stream late; only frames that wait
 * longer than earlier ones do.
 *
 * <p>Thread-confined; allocates nothing.
 */
final class StreamDelay {
    /** Waiting frames can't age faster than time passes. A larger difference means that a clock was set. */
    private static final long CLOCK_STEP_MILLIS = 1_000;
    /**
     * Upper limit of the drift between two clocks, in milliseconds per millisecond. The minimum rises at this rate, so
     * that it follows a sender's clock that is slow.
     */
    private static final double DRIFT = 1.0 / 4096;

    /** The caller's epoch at the last update. */
    private int epoch = -1;
    /** Smallest age so far, corrected for drift. */
    private double minAgeMillis;

    private long lastAgeMillis;
    private long lastNowMillis;

    /**
     * Updates the delay with the stream's next frame.
     *
     * @param enhanced whether the previous frame was enhanced
     * @param currentEpoch differs from the last call's after the clock was set or stood still; the measurement then
     *     starts afresh
     * @param backlog receives the change of the delay
     * @return the lateness of the frame in milliseconds, 0 or more
     */
    @HotPath
    long update(long ageMillis, long nowMillis, boolean enhanced, int currentEpoch, Backlog backlog) {
        if (epoch != currentEpoch) {
            epoch = currentEpoch;
            minAgeMillis = ageMillis;
        } else {
            updateMinimum(ageMillis, nowMillis, enhanced, backlog);
        }
        lastAgeMillis = ageMillis;
        lastNowMillis = nowMillis;
        return (long) (ageMillis - minAgeMillis);
    }

    @HotPath
    private void updateMinimum(long ageMillis, long nowMillis, boolean enhanced, Backlog backlog) {
        long passed = nowMillis - lastNowMillis;
        long grown = ageMillis - lastAgeMillis;
        if (grown > passed + CLOCK_STEP_MILLIS) {
            minAgeMillis = ageMillis;
        } else {
            backlog.addGrowth(Math.max(grown, -CLOCK_STEP_MILLIS), passed, enhanced);
            minAgeMillis = Math.min(ageMillis, minAgeMillis + passed * DRIFT);
        }
    }
}
