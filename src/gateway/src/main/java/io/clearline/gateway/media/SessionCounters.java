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

import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of a session. Everything is also counted in a total, if there is one. Thread-safe and lock-free. */
public final class SessionCounters {
    private final AtomicLongArray counts = new AtomicLongArray(SessionCounter.values().length);
    private final SessionCounters total;

    /**
     * Makes counters that start at zero.
     *
     * @param total also counts everything; null for the total itself
     */
    public SessionCounters(SessionCounters total) {
        this.total = total;
    }

    /** Adds one. */
    public void add(SessionCounter counter) {
        add(counter, 1);
    }

    /** Adds {@code n}. */
    public void add(SessionCounter counter, long n) {
        counts.getAndAdd(counter.ordinal(), n);
        if (total != null) {
            total.add(counter, n);
        }
    }

    /** Returns the current count. */
    public long get(SessionCounter counter) {
        return counts.get(counter.ordinal());
    }

    /** Returns the number of frames played, enhanced or not. */
    public long played() {
        return get(SessionCounter.FRAMES_ENHANCED) + notEnhanced();
    }

    /** Returns the share of the frames played that were not enhanced, 0 to 1; 0 if none was played. */
    public double dryShare() {
        long played = played();
        return played == 0 ? 0 : (double) notEnhanced() / played;
    }

    private long notEnhanced() {
        return get(SessionCounter.FRAMES_DRY) + get(SessionCounter.FRAMES_BYPASSED);
    }
}
