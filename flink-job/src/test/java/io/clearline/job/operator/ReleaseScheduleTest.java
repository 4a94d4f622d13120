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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseScheduleTest {
    private final ReleaseSchedule schedule = new ReleaseSchedule();

    @Test
    void withoutInputStreamsAreReleasedAtOnce() {
        assertThat(schedule.isDue(5_000, 5_000, false)).isTrue();
        schedule.released(5_001);
        assertThat(schedule.isDue(5_000, 5_002, false)).isTrue();
        assertThat(schedule.nextMillis(5_000, 5_001, false)).isEqualTo(5_002);
        assertThat(schedule.nextMillis(6_000, 5_001, false)).isEqualTo(6_000);
    }

    @Test
    void framesThatWaitGoFirst() {
        assertThat(schedule.isDue(5_000, 5_100, true)).isFalse();
        assertThat(schedule.nextMillis(5_000, 5_100, true)).isEqualTo(5_110);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 500, 900})
    void howeverLongAReleaseTakesTheFramesHaveHalfOfTheTime(long releaseMillis) {
        long firstMillis = 0;
        long nowMillis = 0;
        long releasing = 0;
        int releases = 0;
        while (nowMillis < 100_000) {
            if (schedule.isDue(firstMillis, nowMillis, true)) {
                nowMillis += releaseMillis;
                releasing += releaseMillis;
                releases++;
                schedule.released(nowMillis);
            }
            nowMillis = schedule.nextMillis(firstMillis, nowMillis, true);
        }
        assertThat(releases).isGreaterThan(50);
        assertThat(releasing).isLessThan(nowMillis / 2);
    }
}
