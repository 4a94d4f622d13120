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
package io.clearline.gateway.media;

/** Limits events per second, counted in consecutive windows of one second. Thread-confined. */
public final class RateLimit {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private final int perSecond;
    private long windowStart;
    private int inWindow;

    /**
     * Makes a limit.
     *
     * @param perSecond events that are allowed in each window
     */
    public RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Counts an event, and returns whether it is within the limit.
     *
     * @param nowNanos on the clock of {@link System#nanoTime}
     */
    public boolean allows(long nowNanos) {
        // The first event starts the first window: the origin of the clock is arbitrary.
        if (inWindow == 0 || nowNanos - windowStart >= SECOND_NANOS) {
            windowStart = nowNanos;
            inWindow = 0;
        }
        return ++inWindow <= perSecond;
    }
}
