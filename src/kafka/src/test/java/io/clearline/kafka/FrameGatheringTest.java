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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameGatheringTest {
    private static final long MAX_MILLIS = 5;
    private static final int TARGET_FRAMES = 16;

    private long now = 1_000_000;

    @Test
    void noFrameWaitsAtALowRate() {
        FrameGathering gathering = new FrameGathering(MAX_MILLIS, TARGET_FRAMES);
        assertThat(afterASecondOf(gathering, 1)).isZero();
    }

    @Test
    void aFrameWaitsTheWholeTimeAtAMediumRate() {
        FrameGathering gathering = new FrameGathering(MAX_MILLIS, TARGET_FRAMES);
        assertThat(afterASecondOf(gathering, 2)).isEqualTo(MAX_MILLIS);
    }

    @Test
    void aFrameWaitsOnlyUntilTheTargetIsExpectedAtAHighRate() {
        FrameGathering gathering = new FrameGathering(MAX_MILLIS, TARGET_FRAMES);
        assertThat(afterASecondOf(gathering, 8)).isEqualTo(2);
        assertThat(afterASecondOf(gathering, 100)).isEqualTo(1);
    }

    @Test
    void afterABreakNoFrameWaits() {
        FrameGathering gathering = new FrameGathering(MAX_MILLIS, TARGET_FRAMES);
        afterASecondOf(gathering, 8);
        now += 60_000;
        assertThat(gathering.waitMillis(now)).isZero();
    }

    @Test
    void noFrameWaitsIfWaitingIsDisabled() {
        FrameGathering gathering = new FrameGathering(0, TARGET_FRAMES);
        assertThat(afterASecondOf(gathering, 100)).isZero();
    }

    private long afterASecondOf(FrameGathering gathering, int framesPerMilli) {
        long wait = gathering.waitMillis(now);
        for (int i = 0; i < 1000; i++) {
            now++;
            for (int f = 0; f < framesPerMilli; f++) {
                gathering.countFrame();
            }
            wait = gathering.waitMillis(now);
        }
        return wait;
    }
}
