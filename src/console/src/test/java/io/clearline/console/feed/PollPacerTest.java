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
package io.clearline.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollPacerTest {
    private static final long START_MILLIS = 1_000_000;
    private static final long NOW_MILLIS = START_MILLIS + 10;
    private static final long WORKED_NANOS = 5_000_000;

    private final PollPacer pacer = new PollPacer(START_MILLIS);

    @Test
    void oldRecordsAreReadAtADutyCycleOfATenth() {
        assertThat(pacer.pauseMillis(START_MILLIS - 60_000, NOW_MILLIS, WORKED_NANOS, true, false))
                .isEqualTo(45);
        assertThat(pacer.pauseMillis(START_MILLIS - 1, START_MILLIS + 29_999, 50_000_000, true, false))
                .isEqualTo(450);
    }

    @Test
    void liveRecordsAreBatchedForHalfASecond() {
        assertThat(pacer.pauseMillis(START_MILLIS, NOW_MILLIS, WORKED_NANOS, false, false))
                .isEqualTo(495);
        assertThat(pacer.pauseMillis(Long.MAX_VALUE, NOW_MILLIS, 700_000_000, false, false))
                .isZero();
    }

    @Test
    void batchesAreShorterWhileAClientListens() {
        assertThat(pacer.pauseMillis(START_MILLIS, NOW_MILLIS, WORKED_NANOS, false, true))
                .isEqualTo(195);
    }

    @Test
    void aBacklogIsReadWithoutAPause() {
        assertThat(pacer.pauseMillis(START_MILLIS, NOW_MILLIS, WORKED_NANOS, true, false))
                .isZero();
    }

    @Test
    void recordsOfSlowClocksAreNotThrottledForEver() {
        assertThat(pacer.pauseMillis(START_MILLIS - 3_600_000, START_MILLIS + 30_000, WORKED_NANOS, true, false))
                .isZero();
    }
}
