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
 * Time as streams see it: wall-clock time without the times in which the job was away, over all the lives of the job.
 * So nobody takes the job's absence for a stream's, and in a job that is restarted often an idle time still comes to
 * its end.
 *
 * <p>All in milliseconds. Immutable.
 */
final class RunningClock {
    private final long awayMillis;
    private final long knownFromMillis;

    private RunningClock(long awayMillis, long knownFromMillis) {
        this.awayMillis = awayMillis;
        this.knownFromMillis = knownFromMillis;
    }

    /**
     * Starts the clock of this life.
     *
     * @param wallMillis now
     * @param stored what {@link #at} said at the snapshot that is restored, from any subtask; empty for a new job, and
     *     for a snapshot that is older than this class: nobody knows how long its job was away
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

    /** What the clock shows at a wall-clock time of this life. */
    long at(long wallMillis) {
        return wallMillis - awayMillis;
    }

    /** The wall-clock time at which the clock shows so much, for timers. */
    long wallMillis(long millis) {
        return millis + awayMillis;
    }

    /**
     * From when on a stream that was seen last at a time of this clock counts as idle: not from before anything is
     * known.
     */
    long idleSince(long seenMillis) {
        return Math.max(seenMillis, knownFromMillis);
    }
}
