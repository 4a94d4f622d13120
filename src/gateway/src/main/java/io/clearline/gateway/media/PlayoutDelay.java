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

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long after its earliest arrival a frame is played: as short as all but a few enhanced frames allow, never beyond
 * the limit. Grows at once, shrinks slowly. Thread-confined.
 */
final class PlayoutDelay {
    private static final int REMEMBERED_FRAMES = 256;
    private static final int FRAMES_PER_UPDATE = 16;
    private static final double SHARE_IN_TIME = 0.985;
    private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(6);
    private static final long STEP_DOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** One that returns at the wrong time, by an outage, is no measure of the way. */
    private static final int MAX_LIMITS = 2;

    private final long minNanos;
    private final long maxNanos;
    private final long[] needed = new long[REMEMBERED_FRAMES];
    private long[] sorted = new long[0];
    private int seen;
    private long delayNanos;

    PlayoutDelay(long minNanos, long maxNanos) {
        this.minNanos = minNanos;
        this.maxNanos = maxNanos;
        this.delayNanos = Math.min(maxNanos, 2 * minNanos);
    }

    /**
     * Takes into account when an enhanced frame was there.
     *
     * @param neededNanos after the frame's earliest arrival
     */
    void ready(long neededNanos) {
        if (neededNanos > MAX_LIMITS * maxNanos) {
            return;
        }
        needed[seen++ % REMEMBERED_FRAMES] = neededNanos;
        if (seen % FRAMES_PER_UPDATE == 0) {
            update();
        }
    }

    private void update() {
        int frames = Math.min(seen, REMEMBERED_FRAMES);
        if (sorted.length != frames) {
            sorted = new long[frames];
        }
        System.arraycopy(needed, 0, sorted, 0, frames);
        Arrays.sort(sorted);
        long wanted = sorted[(int) (SHARE_IN_TIME * (frames - 1))] + MARGIN_NANOS;
        long next = wanted > delayNanos ? wanted : Math.max(wanted, delayNanos - STEP_DOWN_NANOS);
        delayNanos = Math.max(minNanos, Math.min(maxNanos, next));
    }

    /** The delay now. */
    long nanos() {
        return delayNanos;
    }
}
