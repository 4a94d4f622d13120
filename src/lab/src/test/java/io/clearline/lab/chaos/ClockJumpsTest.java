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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClockJumpsTest {
    @Test
    void withoutJumpsTheStartTimeIsConstant() {
        assertThat(times(0, 1)).containsOnly(times(0, 2));
    }

    @Test
    void theSameSeedGivesTheSameJumps() {
        assertThat(times(0.1, 1)).isEqualTo(times(0.1, 1)).isNotEqualTo(times(0.1, 2));
    }

    @Test
    void clocksJumpForwardsAndBackwards() {
        long[] times = times(0.1, 1);
        long[] distinct = LongStream.of(times).distinct().toArray();
        assertThat(distinct.length).isBetween(50, 150);
        assertThat(times).isNotEqualTo(LongStream.of(times).sorted().toArray());
    }

    private static long[] times(double rate, long seed) {
        ClockJumps clocks = new ClockJumps(rate, seed);
        return LongStream.range(0, 1000).map(i -> clocks.startMicros("a")).toArray();
    }
}
