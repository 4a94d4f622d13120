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
package io.clearline.lab.cluster;

import java.io.IOException;
import java.time.Duration;

/**
 * Polls for a condition that other processes bring about. Stateless.
 *
 * <p>One poll counts at most 30 seconds towards the timeout. A machine that was suspended for minutes therefore does
 * not use up the timeout in a single step.
 */
public final class Await {
    private static final long POLL_INTERVAL_MILLIS = 100;
    /** Longer than any single evaluation of a condition takes. */
    private static final long MAX_POLL_NANOS = Duration.ofSeconds(30).toNanos();

    private Await() {}

    /** A condition to wait for. */
    public interface Condition {
        /**
         * Returns whether the condition holds.
         *
         * @throws Exception while this cannot be determined; {@link Await#until} then polls again
         */
        boolean holds() throws Exception;
    }

    /**
     * Waits until the condition holds.
     *
     * @param what the phrase that completes "Waited 30 s for ..."
     * @throws IOException after the timeout, with the last exception of the condition as its cause, or on interruption
     */
    public static void until(String what, Duration timeout, Condition condition) throws IOException {
        long leftNanos = timeout.toNanos();
        long lastPollNanos = System.nanoTime();
        Exception lastFailure = null;
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
                lastFailure = null;
            } catch (InterruptedException e) {
                throw interrupted(what, e);
            } catch (Exception e) {
                // A process that is starting or restarting does not answer yet.
                lastFailure = e;
            }
            long now = System.nanoTime();
            leftNanos -= Math.min(now - lastPollNanos, MAX_POLL_NANOS);
            lastPollNanos = now;
            if (leftNanos < 0) {
                throw new IOException("Waited " + timeout.toSeconds() + " s for " + what + ".", lastFailure);
            }
            pause(Duration.ofMillis(POLL_INTERVAL_MILLIS), what);
        }
    }

    /**
     * Sleeps.
     *
     * @param why the phrase that completes "Interrupted while waiting for ..."
     * @throws IOException on interruption
     */
    public static void pause(Duration duration, String why) throws IOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(why, e);
        }
    }

    private static IOException interrupted(String what, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("Interrupted while waiting for " + what, e);
    }
}
