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
package io.clearline.job.operator;

/**
 * Schedules the release of overdue streams among incoming frames. While input is waiting, the next frame of an overdue
 * stream may be among it, so input is processed first, but for {@value #MAX_BUSY_WAIT_MILLIS} ms at most. That time
 * starts again at the end of each release, so that long releases do not starve the input.
 *
 * <p>Times are in milliseconds of the wall clock. Thread-confined.
 */
final class ReleaseSchedule {
    /** Time until the next check while input is waiting. */
    private static final long BUSY_WAIT_MILLIS = 10;
    /** Longest time that a release is put off because of waiting input. */
    private static final long MAX_BUSY_WAIT_MILLIS = 1_000;

    /** End of the last release. */
    private long releasedMillis;

    /**
     * Returns whether streams are released now.
     *
     * @param firstMillis when the wait of the first overdue stream ended
     * @param hasInput whether input is waiting for the task's thread
     */
    boolean isDue(long firstMillis, long nowMillis, boolean hasInput) {
        return !hasInput || nowMillis - Math.max(firstMillis, releasedMillis) > MAX_BUSY_WAIT_MILLIS;
    }

    /** Records the end of a release. */
    void released(long nowMillis) {
        releasedMillis = nowMillis;
    }

    /** Returns the time of the next check. */
    long nextMillis(long firstMillis, long nowMillis, boolean hasInput) {
        return Math.max(firstMillis, nowMillis + (hasInput ? BUSY_WAIT_MILLIS : 1));
    }
}
