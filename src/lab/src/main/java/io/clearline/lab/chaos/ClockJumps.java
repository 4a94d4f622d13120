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
 * Senders whose clocks are set while they send: now and then a stream's capture times jump, forwards or back, by up to
 * an hour. Follows from the seed alone. Not thread-safe.
 */
public final class ClockJumps {
    private static final long FARTHEST_MICROS = TimeUnit.HOURS.toMicros(1);
    /** So that no clock is ever before 1970, however often it is set back. */
    private static final long FIRST_MICROS = TimeUnit.DAYS.toMicros(365);

    private final double rate;
    private final SplittableRandom random;
    private final Map<String, Long> offsetMicros = new HashMap<>();
    private long jumps;

    /** @param rate share of frames before which the clock jumps */
    public ClockJumps(double rate, long seed) {
        this.rate = rate;
        this.random = new SplittableRandom(seed);
    }

    /** Capture time of the stream's frame 0, by the clock as it is at the frame that comes next. */
    public long startMicros(String stream) {
        if (rate > 0 && random.nextDouble() < rate) {
            jumps++;
            offsetMicros.put(stream, FIRST_MICROS + random.nextLong(-FARTHEST_MICROS, FARTHEST_MICROS));
        }
        return offsetMicros.getOrDefault(stream, FIRST_MICROS);
    }

    /** How often a clock jumped so far. */
    public long jumps() {
        return jumps;
    }
}
