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
package io.clearline.console.feed;

import java.util.concurrent.TimeUnit;

/**
 * Decides how long to pause between two polls.
 *
 * <p>Live records are batched: the broker serves two large fetches a second rather than hundreds with a single frame
 * each, which is often enough for a list that changes once a second. Records from before the start are read at a duty
 * cycle of one tenth, so that a console that starts beside a busy job uses a tenth of a core. Immutable.
 */
final class PollPacer {
    /** The interval between polls, and so the age of what is shown. */
    static final long BATCH_MILLIS = 500;
    /** The interval while a client listens, for continuous sound. */
    static final long LISTENING_BATCH_MILLIS = 200;

    /** The ratio of pause to work while catching up. */
    private static final int CATCH_UP_PAUSE_FACTOR = 9;
    /**
     * The maximum duration of catching up, after which reading is not throttled. Without it, records of senders whose
     * clocks are slow would look old for ever.
     */
    private static final long MAX_CATCH_UP_MILLIS = 30_000;

    private final long startMillis;

    /** @param startMillis start of reading; records with an older timestamp are read at the reduced rate */
    PollPacer(long startMillis) {
        this.startMillis = startMillis;
    }

    /**
     * Returns the pause after a poll, in milliseconds.
     *
     * @param newestMillis timestamp of the last record of the poll; {@link Long#MAX_VALUE} when it had none
     * @param nowMillis current time
     * @param workedNanos duration of the poll and of processing its records
     * @param behind whether further records are known to be available
     * @param listening whether a client watches a stream
     */
    long pauseMillis(long newestMillis, long nowMillis, long workedNanos, boolean behind, boolean listening) {
        long workedMillis = TimeUnit.NANOSECONDS.toMillis(workedNanos);
        if (newestMillis < startMillis && nowMillis - startMillis < MAX_CATCH_UP_MILLIS) {
            return TimeUnit.NANOSECONDS.toMillis(CATCH_UP_PAUSE_FACTOR * workedNanos);
        }
        return behind ? 0 : Math.max(0, (listening ? LISTENING_BATCH_MILLIS : BATCH_MILLIS) - workedMillis);
    }
}
