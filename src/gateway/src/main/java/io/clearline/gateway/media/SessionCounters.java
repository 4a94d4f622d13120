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

/** Counts of a session, each counted for all sessions too. Any thread counts and reads. */
public final class SessionCounters {
    private final AtomicLongArray counts = new AtomicLongArray(SessionCounter.values().length);
    private final SessionCounters total;

    /** @param total where everything is counted too; null for the total itself */
    public SessionCounters(SessionCounters total) {
        this.total = total;
    }

    /** Counts one. */
    public void add(SessionCounter counter) {
        add(counter, 1);
    }

    /** Counts {@code n}. */
    public void add(SessionCounter counter, long n) {
        counts.getAndAdd(counter.ordinal(), n);
        if (total != null) {
            total.add(counter, n);
        }
    }

    /** How many so far. */
    public long get(SessionCounter counter) {
        return counts.get(counter.ordinal());
    }

    /** Frames that were played. */
    public long played() {
        return get(SessionCounter.FRAMES_ENHANCED) + notEnhanced();
    }

    /** Share of the frames played that were not enhanced, 0 to 1; 0 when none was played. */
    public double dryShare() {
        long played = played();
        return played == 0 ? 0 : (double) notEnhanced() / played;
    }

    private long notEnhanced() {
        return get(SessionCounter.FRAMES_DRY) + get(SessionCounter.FRAMES_BYPASSED);
    }
}
