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
package io.clearline.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyWindowTest {
    private static final long DEADLINE_MICROS = 200_000;

    private final long end = RunClock.micros();
    private final LatencyWindow window = new LatencyWindow(end - 1_000_000, end, DEADLINE_MICROS);

    @Test
    void framesInTimeAreNoMisses() {
        window.sent(2);
        window.arrived(end - 500_000, 5_000, false);
        window.arrived(end - 500_000, 15_000, false);

        LatencyResult result = window.result();
        assertThat(result.deadlineMisses()).isZero();
        assertThat(result.latencyMillis().max()).isCloseTo(15, within(0.1));
        assertThat(window.complete()).isTrue();
    }

    @Test
    void aLateFrameIsAMiss() {
        window.sent(2);
        window.arrived(end - 500_000, 5_000, false);
        window.arrived(end - 500_000, 300_000, false);
        assertThat(window.result().deadlineMisses()).isEqualTo(1);
    }

    @Test
    void aMissingFrameIsAMissAndCountsAsLate() {
        window.sent(3);
        window.arrived(end - 500_000, 5_000, false);

        LatencyResult result = window.result();
        assertThat(result.missing()).isEqualTo(2);
        assertThat(result.deadlineMisses()).isEqualTo(2);
        assertThat(result.latencyMillis().p99()).isGreaterThan(199);
        assertThat(window.complete()).isFalse();
    }

    @Test
    void aBypassedFrameIsCountedSeparately() {
        window.sent(1);
        window.arrived(end - 500_000, 900_000, true);

        LatencyResult result = window.result();
        assertThat(result.bypassed()).isEqualTo(1);
        assertThat(result.deadlineMisses()).isZero();
    }

    @Test
    void theEndBelongsToTheNextWindow() {
        assertThat(window.covers(end - 1)).isTrue();
        assertThat(window.covers(end)).isFalse();
    }
}
