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
 * How long reading rests after each poll. What is written now is gathered, so that the broker answers twice a second
 * with much and not hundreds of times with a frame: a list of streams changes once a second. The past is read with long
 * rests: a console that starts beside a busy job takes a tenth of a core for it. One thread uses it.
 */
final class ReadingPace {
    /** What is seen may be this old. */
    static final long GATHER_MILLIS = 500;
    /** Where somebody listens, sound comes in smaller pieces. */
    static final long LISTEN_MILLIS = 200;

    /** In the past it rests so many times as long as it worked. */
    private static final int REST = 9;
    /** Then it reads as fast as it can: senders' clocks that are behind would look like the past for ever. */
    private static final long MAX_PAST_MILLIS = 30_000;

    private final long startMillis;

    /** @param startMillis what is older than this moment is the past */
    ReadingPace(long startMillis) {
        this.startMillis = startMillis;
    }

    /**
     * How long to rest after a poll.
     *
     * @param newestMillis when the last of its records was written; {@link Long#MAX_VALUE} where it had none
     * @param nowMillis the moment
     * @param workedNanos how long the poll and its records took
     * @param more whether more lies there already
     * @param listening whether somebody looks at a stream
     * @return milliseconds
     */
    long restMillis(long newestMillis, long nowMillis, long workedNanos, boolean more, boolean listening) {
        long workedMillis = TimeUnit.NANOSECONDS.toMillis(workedNanos);
        if (newestMillis < startMillis && nowMillis - startMillis < MAX_PAST_MILLIS) {
            return TimeUnit.NANOSECONDS.toMillis(REST * workedNanos);
        }
        return more ? 0 : Math.max(0, (listening ? LISTEN_MILLIS : GATHER_MILLIS) - workedMillis);
    }
}
