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
package io.clearline.lab.chaos;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Simulates senders whose clocks are set during a stream: the capture times of a stream sometimes jump to at most one
 * hour before or after the original time. Deterministic for a seed. Not thread-safe.
 */
public final class ClockJumps {
    private static final long MAX_JUMP_MICROS = TimeUnit.HOURS.toMicros(1);
    /** Capture time of the first frame without a jump: late enough that no clock is ever before 1970. */
    private static final long BASE_MICROS = TimeUnit.DAYS.toMicros(365);

    private final double rate;
    private final SplittableRandom random;
    private final Map<String, Long> offsetMicros = new HashMap<>();
    private long jumps;

    /** @param rate share of frames before which the clock jumps, 0 to 1 */
    public ClockJumps(double rate, long seed) {
        this.rate = rate;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Returns the capture time of frame 0 of a stream by the clock as it is at the stream's next frame. Call it once
     * for each frame, since each call may make the clock jump.
     */
    public long startMicros(String stream) {
        if (rate > 0 && random.nextDouble() < rate) {
            jumps++;
            offsetMicros.put(stream, BASE_MICROS + random.nextLong(-MAX_JUMP_MICROS, MAX_JUMP_MICROS));
        }
        return offsetMicros.getOrDefault(stream, BASE_MICROS);
    }

    /** Returns the number of jumps so far. */
    public long jumps() {
        return jumps;
    }
}
