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

import java.util.List;
import org.junit.jupiter.api.Test;

class RunningClockTest {
    private static final long NOON = 1_800_000_000_000L;

    @Test
    void aNewJobsClockIsTheWallsClock() {
        RunningClock clock = RunningClock.start(NOON, List.of());
        assertThat(clock.at(NOON + 5)).isEqualTo(NOON + 5);
        assertThat(clock.wallMillis(NOON + 5)).isEqualTo(NOON + 5);
    }

    @Test
    void theClockStandsStillWhileTheJobIsAway() {
        RunningClock clock = RunningClock.start(NOON, List.of());
        for (int life = 1; life <= 3; life++) {
            long stopped = NOON + life * 100_000L + 40_000;
            clock = RunningClock.start(stopped + 60_000, List.of(clock.at(stopped)));
        }
        assertThat(clock.at(NOON + 3 * 100_000L + 100_000)).isEqualTo(NOON + 140_000 + 2 * 40_000);
        assertThat(clock.wallMillis(clock.at(NOON + 400_000))).isEqualTo(NOON + 400_000);
    }

    @Test
    void aWallClockThatWasSetBackMeanwhileChangesNothing() {
        RunningClock clock = RunningClock.start(NOON - 3_600_000, List.of(NOON));
        assertThat(clock.at(NOON - 3_600_000 + 7)).isEqualTo(NOON + 7);
    }

    @Test
    void afterAnOldSnapshotWithoutAClockEveryStreamIsSeenWhenTheJobComesBack() {
        assertThat(RunningClock.start(NOON, List.of()).idleSince(NOON - 3_600_000))
                .isEqualTo(NOON);
        assertThat(RunningClock.start(NOON, List.of(NOON - 9)).idleSince(NOON - 60_000))
                .isEqualTo(NOON - 60_000);
    }
}
