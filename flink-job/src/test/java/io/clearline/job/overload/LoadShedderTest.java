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
package io.clearline.job.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadShedderTest {
    private static final OverloadRules RULES = new OverloadRules(50, 0);
    private static final int CAPACITY = 100;
    /** Time to enhance a frame, such that {@link #CAPACITY} streams use all the time. */
    private static final double ENHANCED_MILLIS = (double) SimulatedSubtask.FRAME_MILLIS / CAPACITY;

    @Test
    void belowCapacityNothingIsBypassed() {
        SimulatedSubtask subtask = subtask(RULES, 0.3);
        subtask.streams(95);
        subtask.run(60);
        assertThat(subtask.enhancedShare()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.35})
    void atTwiceTheCapacityTheEnhancedStreamsKeepTheDeadline(double bypassCost) {
        SimulatedSubtask subtask = subtask(RULES, bypassCost);
        subtask.streams(2 * CAPACITY);
        subtask.run(2);
        subtask.forgetCounts();
        subtask.run(60);
        // The share that could be enhanced: x / 2, where x + (2 - x) bypassCost = 1, in units of the capacity.
        double possible = (1 - 2 * bypassCost) / (1 - bypassCost) / 2;
        assertThat(subtask.agePercentile(99)).isLessThan(RULES.deadlineMillis());
        assertThat(subtask.enhancedShare()).isGreaterThan(0.75 * possible);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 50, 80})
    void aStallOfHalfAMinuteIsCaughtUpWithByEnhancing(int streams) {
        SimulatedSubtask subtask = subtask(RULES, 0.2);
        subtask.streams(streams);
        subtask.run(10);
        subtask.stall(30_000);
        subtask.run(150);
        assertThat(subtask.lastAgeMillis()).isLessThan(50);
        assertThat(subtask.enhancedShare()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 3_600})
    void aNewJobEnhancesAllThatItFindsHoweverOld(double seconds) {
        SimulatedSubtask subtask = subtask(RULES, 0.2);
        subtask.stall(1_000 * seconds);
        subtask.streamsSince(10, 0);
        subtask.run(seconds);
        assertThat(subtask.enhancedShare()).isEqualTo(1);
        assertThat(subtask.dropped()).isZero();
        assertThat(subtask.lastAgeMillis()).isLessThan(50);
    }

    @Test
    void framesThatAreLateForAnotherReasonThanEnhancementBypassNothing() {
        SimulatedSubtask subtask = subtask(RULES, 0.2);
        subtask.streams(2);
        for (int i = 0; i < 100; i++) {
            // Another program uses the processor nearly all the time.
            subtask.run(0.02);
            subtask.stall(60);
        }
        assertThat(subtask.enhancedShare()).isEqualTo(1);
    }

    @Test
    void whenTheOverloadIsOverAllStreamsAreEnhancedWithinTenSeconds() {
        SimulatedSubtask subtask = subtask(RULES, 0.2);
        subtask.streams(2 * CAPACITY);
        subtask.run(60);
        subtask.streams(CAPACITY * 8 / 10);
        subtask.run(10);
        assertThat(subtask.bypassedStreams()).isZero();
    }

    @Test
    void anOverloadOfAMinuteAgoBypassesNoNewStream() {
        SimulatedSubtask subtask = subtask(RULES, 0.2);
        subtask.streams(2 * CAPACITY);
        subtask.run(5);
        assertThat(subtask.bypassedStreams()).isPositive();
        subtask.streams(0);
        subtask.stall(60_000);
        subtask.forgetCounts();
        subtask.streams(1);
        subtask.run(5);
        assertThat(subtask.enhancedShare()).isEqualTo(1);
    }

    @Test
    void aHiccupBypassesNothing() {
        SimulatedSubtask subtask = subtask(RULES, 0.2);
        subtask.streams(CAPACITY / 2);
        for (int i = 0; i < 20; i++) {
            subtask.run(1);
            subtask.stall(100);
        }
        assertThat(subtask.enhancedShare()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10})
    void aSenderWhoseClockIsTwoMinutesBackAffectsNoStream(int healthy) {
        LoadShedder shedder = new LoadShedder(new OverloadRules(50, 60_000));
        for (int millis = 0; millis < 60_000; millis += 20) {
            shedder.addKernelTime(15_000_000);
            for (int i = 0; i <= healthy; i++) {
                assertThat(shedder.next("s" + i, true, false, i == healthy ? 120_000 : 3, millis))
                        .isEqualTo(Treatment.ENHANCED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -100, 3_600_000})
    void aClockThatIsSetNeitherBypassesAStreamNorStopsTheWatch(long step) {
        LoadShedder shedder = new LoadShedder(RULES);
        long now = 10_000_000;
        for (int round = 0; round < 500; round++) {
            shedder.addKernelTime(15_000_000);
            if (round == 100) {
                now += step;
            }
            long age = round < 100 ? 3 : 3 + step;
            for (int i = 0; i < 10; i++) {
                assertThat(shedder.next("s" + i, true, false, age, now)).isEqualTo(Treatment.ENHANCED);
            }
            now += 20;
        }
        for (int round = 0; round < 100; round++) {
            shedder.addKernelTime(40_000_000);
            for (int i = 0; i < 10; i++) {
                shedder.next("s" + i, true, false, step + 20 * round, now);
            }
            now += 40;
        }
        assertThat(shedder.bypassedStreams()).isPositive();
    }

    @Test
    void senderClocksThatAreSetBypassNothing() {
        LoadShedder shedder = new LoadShedder(RULES);
        for (int round = 0; round < 1_000; round++) {
            shedder.addKernelTime(15_000_000);
            for (int i = 0; i < 10; i++) {
                long age = round < 300 ? 3 : round < 600 ? 7_200_000 : -7_200_000;
                assertThat(shedder.next("s" + i, true, false, age, 20L * round)).isEqualTo(Treatment.ENHANCED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30})
    void codeThatIsSlowUntilItIsCompiledBypassesNoStreamForLong(int streams) {
        SimulatedSubtask subtask = subtask(RULES, 0.2);
        subtask.slowAtFirst(40, 300);
        subtask.streams(streams);
        for (int i = 0; i < 400; i++) {
            // Other programs use the processor in between, so frames are always late.
            subtask.run(0.02);
            subtask.stall(80);
        }
        subtask.forgetCounts();
        for (int i = 0; i < 100; i++) {
            subtask.run(0.02);
            subtask.stall(80);
        }
        assertThat(subtask.enhancedShare()).isEqualTo(1);
    }

    @Test
    void framesThatCameInABurstBypassNothing() {
        LoadShedder shedder = new LoadShedder(RULES);
        long now = 0;
        for (int burst = 0; burst < 100; burst++) {
            now += 1_000;
            for (int i = 0; i < 100; i++) {
                // All frames were written within two milliseconds, and wait for the ones before them.
                assertThat(shedder.next("s" + i % 2, true, false, i - i / 50, now + i))
                        .isEqualTo(Treatment.ENHANCED);
                shedder.addKernelTime(1_000_000);
            }
        }
    }

    @Test
    void framesOfUnknownAgeAreEnhanced() {
        LoadShedder shedder = new LoadShedder(RULES);
        for (int i = 0; i < 1_000; i++) {
            assertThat(shedder.next("s", true, false, LoadShedder.UNKNOWN_AGE, 20L * i))
                    .isEqualTo(Treatment.ENHANCED);
        }
    }

    @Test
    void whenBypassingAllIsNotEnoughFramesAreDroppedAndNoDelayGrowsWithoutBound() {
        OverloadRules rules = new OverloadRules(50, 2_000);
        SimulatedSubtask subtask = new SimulatedSubtask(rules, 2 * CAPACITY, 2 * ENHANCED_MILLIS, ENHANCED_MILLIS);
        subtask.streams(2 * CAPACITY);
        for (int second = 0; second < 60; second++) {
            subtask.run(1);
            assertThat(subtask.lastAgeMillis()).isLessThan(3_000);
        }
        assertThat(subtask.dropped()).isPositive();
    }

    @Test
    void withoutADeadlineNothingIsBypassed() {
        LoadShedder shedder = new LoadShedder(OverloadRules.NONE);
        for (int i = 0; i < 1_000; i++) {
            assertThat(shedder.next("s", true, false, 20L * i, 20L * i)).isEqualTo(Treatment.ENHANCED);
        }
        assertThat(shedder.bypassedStreams()).isZero();
    }

    private static SimulatedSubtask subtask(OverloadRules rules, double bypassCost) {
        return new SimulatedSubtask(rules, 2 * CAPACITY, ENHANCED_MILLIS, bypassCost * ENHANCED_MILLIS);
    }
}
