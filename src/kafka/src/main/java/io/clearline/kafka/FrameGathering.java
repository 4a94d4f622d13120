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
 * Decides how long the first frame of a batch waits for others. A kernel call, a request to Kafka and a thread wake-up
 * cost about the same for one frame as for a dozen. At a high frame rate a wait of a few milliseconds therefore halves
 * the cost; at a low rate it would only add latency, so no frame waits.
 *
 * <p>The frame rate is measured over windows of 100 ms. Not thread-safe.
 */
public final class FrameGathering {
    /** If fewer frames than this are expected within the longest wait, waiting does not pay. */
    static final int MIN_FRAMES = 8;
    /** Length of the window over which the frame rate is measured. */
    static final long WINDOW_MILLIS = 100;

    private final long maxMillis;
    private final int targetFrames;
    private long windowStartMillis;
    private int frames;
    private long waitMillis;

    /**
     * Creates a gathering without a measured frame rate: no frame waits before the first window has passed.
     *
     * @param maxMillis the longest time that a frame may wait; 0 disables waiting
     * @param targetFrames the batch size to wait for; the fixed cost of a call or a request is a small share of it
     */
    public FrameGathering(long maxMillis, int targetFrames) {
        this.maxMillis = maxMillis;
        this.targetFrames = targetFrames;
    }

    /** Counts a frame that has arrived. */
    @HotPath
    public void countFrame() {
        frames++;
    }

    /**
     * Returns how long the first frame of a batch waits, in milliseconds. 0 means that the batch is processed as soon
     * as no other work is pending.
     *
     * @param nowMillis the time of a monotonic clock, of any origin
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
        return Math.min(maxMillis, (long) Math.ceil(targetFrames / framesPerMilli));
    }
}
