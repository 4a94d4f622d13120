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
 * Waits for something that other processes do, by asking again and again. A turn counts as thirty seconds at most,
 * which no answer takes: when the whole machine stands still, nobody waits.
 */
public final class Await {
    private static final long PAUSE_MILLIS = 100;
    private static final long LONGEST_TURN_NANOS = Duration.ofSeconds(30).toNanos();

    private Await() {}

    /** A question with the answer yes or no; while it can't be answered it throws. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Returns when the condition holds.
     *
     * @param what a phrase that ends "Waited 30 s for ..."
     * @throws IOException when it takes longer; carries the last error of the condition
     */
    public static void until(String what, Duration patience, Condition condition) throws IOException {
        long left = patience.toNanos();
        long turn = System.nanoTime();
        Exception last = null;
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
                last = null;
            } catch (InterruptedException e) {
                throw interrupted(what, e);
            } catch (Exception e) {
                // A process that is still starting, or restarting, can't answer.
                last = e;
            }
            long now = System.nanoTime();
            left -= Math.min(now - turn, LONGEST_TURN_NANOS);
            turn = now;
            if (left < 0) {
                throw new IOException("Waited " + patience.toSeconds() + " s for " + what + ".", last);
            }
            pause(Duration.ofMillis(PAUSE_MILLIS), what);
        }
    }

    /** Lets time pass. */
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
