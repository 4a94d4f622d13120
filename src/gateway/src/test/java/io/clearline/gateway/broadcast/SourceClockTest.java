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
package io.clearline.gateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceClockTest {
    private static final int RATE = 48_000;
    private static final long FIRST = 1_000_000;
    private final SourceClock clock = new SourceClock(RATE, FIRST);

    @Test
    void roundedTimeStampsAreNotAGap() {
        clock.advance(1024);
        assertThat(clock.correction(FIRST + 1024)).isZero();
        assertThat(clock.correction(FIRST + 1024 + 48)).isZero();
        assertThat(clock.correction(FIRST + 1024 - 48)).isZero();
    }

    @Test
    void aGapIsFilledAndAnOverlapRemoved() {
        clock.advance(1024);
        assertThat(clock.correction(FIRST + 1024 + 4800)).isEqualTo(4800);
        assertThat(clock.correction(FIRST + 1024 - 4800)).isEqualTo(-4800);
    }

    @Test
    void smallDeviationsThatAddUpAreCorrected() {
        long pts = FIRST;
        long corrected = 0;
        for (int i = 0; i < 1000; i++) {
            long correction = clock.correction(pts);
            corrected += correction;
            clock.advance(correction + 1024);
            pts += 1025;
        }
        assertThat(corrected).isBetween(1000L - RATE * SourceClock.TOLERANCE_MILLIS / 1000, 1000L);
    }

    @Test
    void aLargeDeviationIsAnotherClock() {
        assertThat(clock.correction(FIRST + 31L * RATE)).isEqualTo(SourceClock.JUMPED);
        assertThat(clock.correction(FIRST - 31L * RATE)).isEqualTo(SourceClock.JUMPED);
        assertThat(clock.correction(Long.MAX_VALUE)).isEqualTo(SourceClock.JUMPED);
    }

    @Test
    void aSourceWithoutTimeStampsIsNotCorrected() {
        assertThat(clock.correction(DecodedBlock.NO_PTS)).isZero();
        assertThat(new SourceClock(RATE, DecodedBlock.NO_PTS).correction(12_345))
                .isZero();
    }
}
