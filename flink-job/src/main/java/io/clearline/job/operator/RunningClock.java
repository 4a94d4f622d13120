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
 * A clock that stands still while the job is down, over all its restarts. With it, downtime of the job does not make a
 * stream idle, and streams of a job that restarts often still become idle.
 *
 * <p>Times are in milliseconds. Immutable.
 */
final class RunningClock {
    /** Total downtime of the job; the difference between wall-clock time and this clock. */
    private final long downtimeMillis;
    /** Streams are not idle since before this time of the clock, since earlier downtime is not known. */
    private final long knownFromMillis;

    private RunningClock(long downtimeMillis, long knownFromMillis) {
        this.downtimeMillis = downtimeMillis;
        this.knownFromMillis = knownFromMillis;
    }

    /**
     * Starts the clock after a start of the job.
     *
     * @param wallMillis current wall-clock time
     * @param stored readings of {@link #at} at the restored snapshot, from any number of subtasks; empty for a new job,
     *     and for a snapshot of a release without this clock, whose downtime is unknown
     */
    static RunningClock start(long wallMillis, Iterable<Long> stored) {
        long newest = Long.MIN_VALUE;
        for (long each : stored) {
            newest = Math.max(newest, each);
        }
        return newest == Long.MIN_VALUE
                ? new RunningClock(0, wallMillis)
                : new RunningClock(wallMillis - newest, Long.MIN_VALUE);
    }

    /** Returns the reading of the clock at a wall-clock time since the start. */
    long at(long wallMillis) {
        return wallMillis - downtimeMillis;
    }

    /** Returns the wall-clock time at which the clock reads {@code millis}. */
    long wallMillis(long millis) {
        return millis + downtimeMillis;
    }

    /**
     * Returns since when a stream counts as idle. After a restore with unknown downtime, that is the start of the job
     * at the earliest.
     *
     * @param seenMillis time of the stream's last frame, by this clock
     */
    long idleSince(long seenMillis) {
        return Math.max(seenMillis, knownFromMillis);
    }
}
