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
 * How fast the past is read: with rests, so that a console that starts beside a busy job takes at most a third of a
 * core from it. What is written while the console runs is read at once. One thread uses it.
 */
final class LookBackPace {
    /** It rests so many times as long as it worked. */
    private static final int REST = 2;
    /** Then it reads as fast as it can: senders' clocks that are behind would look like the past for ever. */
    private static final long MAX_MILLIS = 30_000;

    private final long startMillis;

    /** @param startMillis what is older than this moment is the past */
    LookBackPace(long startMillis) {
        this.startMillis = startMillis;
    }

    /**
     * How long to rest after some records.
     *
     * @param recordMillis when the last of them was written
     * @param nowMillis the moment
     * @param workedNanos how long they took
     * @return milliseconds; 0 for records of now
     */
    long restMillis(long recordMillis, long nowMillis, long workedNanos) {
        boolean past = recordMillis < startMillis && nowMillis - startMillis < MAX_MILLIS;
        return past ? TimeUnit.NANOSECONDS.toMillis(REST * workedNanos) : 0;
    }
}
