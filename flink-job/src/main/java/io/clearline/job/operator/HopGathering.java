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

import io.clearline.dsp.HotPath;

/**
 * How long a hop waits for others. A kernel call, a request to Kafka and a thread that wakes cost about the same for
 * one hop as for a dozen, so where many hops come, a few milliseconds of waiting halve the cost; where few come,
 * waiting would bring nothing, and none waits. One thread uses it.
 */
final class HopGathering {
    /** Fewer than so many within the longest wait are not worth it. */
    static final int MIN_HOPS = 8;
    /** So many are enough: what a batch costs beside its hops is a small share then. */
    static final int ENOUGH_HOPS = 16;
    /** The frames of such a time tell how many will come. */
    static final long WINDOW_MILLIS = 100;

    private final long maxMillis;
    private long windowStartMillis;
    private int frames;
    private long waitMillis;

    /** @param maxMillis that a hop may wait; 0: none waits */
    HopGathering(long maxMillis) {
        this.maxMillis = maxMillis;
    }

    /** Counts a frame: a hop comes with each, on average. */
    @HotPath
    void countFrame() {
        frames++;
    }

    /** Milliseconds that a hop waits which is the first at this time; 0: until the input is empty. */
    @HotPath
    long waitMillis(long nowMillis) {
        if (maxMillis == 0) {
            return 0;
        }
        long elapsed = nowMillis - windowStartMillis;
        if (elapsed >= WINDOW_MILLIS) {
            waitMillis = waitFor((double) frames / elapsed);
            windowStartMillis = nowMillis;
            frames = 0;
        }
        return waitMillis;
    }

    @HotPath
    private long waitFor(double hopsPerMilli) {
        if (hopsPerMilli * maxMillis < MIN_HOPS) {
            return 0;
        }
        return Math.min(maxMillis, (long) Math.ceil(ENOUGH_HOPS / hopsPerMilli));
    }
}
