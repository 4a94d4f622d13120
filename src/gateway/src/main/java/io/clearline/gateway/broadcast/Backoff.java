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
package io.clearline.gateway.broadcast;

import java.util.concurrent.TimeUnit;

/**
 * Decides how long to wait before a child process is restarted: half a second at first, doubled up to a maximum.
 * Thread-confined.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 500;
    /** A child that ran at least this long is considered stable, and waits start again at half a second. */
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long maxMillis;
    private long nextMillis = FIRST_MILLIS;

    Backoff(long maxMillis) {
        this.maxMillis = maxMillis;
    }

    /**
     * Returns the next wait, in milliseconds.
     *
     * @param ranNanos how long the child ran that has just ended
     */
    long nextMillis(long ranNanos) {
        if (ranNanos >= STABLE_NANOS) {
            nextMillis = FIRST_MILLIS;
        }
        long now = Math.min(nextMillis, maxMillis);
        nextMillis = Math.min(2 * now, maxMillis);
        return now;
    }
}
