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
 * When streams that are overdue are released, and when frames of others go first: while frames wait, nobody knows
 * whether an overdue stream's next one is among them. So they go first, though not for ever; and after a release they
 * have as long again, however long that took. Thread-confined; times in milliseconds.
 */
final class ReleaseTurns {
    private static final long BUSY_WAIT_MILLIS = 10;
    private static final long MAX_BUSY_WAIT_MILLIS = 1_000;

    private long releasedMillis;

    /**
     * Whether streams are released now.
     *
     * @param firstMillis when the wait of the first of them was over
     * @param hasInput whether frames wait for their turn
     */
    boolean isDue(long firstMillis, long nowMillis, boolean hasInput) {
        return !hasInput || nowMillis - Math.max(firstMillis, releasedMillis) > MAX_BUSY_WAIT_MILLIS;
    }

    /** Some were released, which has just ended. */
    void released(long nowMillis) {
        releasedMillis = nowMillis;
    }

    /** When it is to be looked again. */
    long nextMillis(long firstMillis, long nowMillis, boolean hasInput) {
        return Math.max(firstMillis, nowMillis + (hasInput ? BUSY_WAIT_MILLIS : 1));
    }
}
