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
package io.clearline.kafka;

import io.clearline.dsp.HotPath;

/**
 * How long a frame waits for others. A kernel call, a request to Kafka and a thread that wakes cost about the same for
 * one frame as for a dozen, so where many frames come, a few milliseconds of waiting halve the cost; where few come,
 * waiting would bring nothing, and none waits. One thread uses it.
 */
public final class FrameGathering {
    /** Fewer than so many within the longest wait are not worth it. */
    static final int MIN_FRAMES = 8;
    /** The frames of such a time tell how many will come. */
    static final long WINDOW_MILLIS = 100;

    private final long maxMillis;
    private final int enoughFrames;
    private long windowStartMillis;
    private int frames;
    private long waitMillis;

    /**
     * None waits until it is known how many come.
     *
     * @param maxMillis that a frame may wait; 0: none waits
     * @param enoughFrames so many together are enough: what a call or a request costs beside them is a small share then
     */
    public FrameGathering(long maxMillis, int enoughFrames) {
        this.maxMillis = maxMillis;
        this.enoughFrames = enoughFrames;
    }

    /** Counts a frame. */
    @HotPath
    public void countFrame() {
        frames++;
    }

    /**
     * How long a frame waits that is the first, in milliseconds; 0: until nothing else is to be done.
     *
     * @param nowMillis in any clock that never goes back
     */
    @HotPath
    public long waitMillis(long nowMillis) {
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
    private long waitFor(double framesPerMilli) {
        if (framesPerMilli * maxMillis < MIN_FRAMES) {
            return 0;
        }
        return Math.min(maxMillis, (long) Math.ceil(enoughFrames / framesPerMilli));
    }
}
