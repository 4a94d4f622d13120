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

import io.clearline.dsp.StftSpec;
import org.junit.jupiter.api.Test;

class FrameTimingTest {
    private static final int FRAME_SAMPLES = 320;
    private static final long NEVER_ENDS = Long.MAX_VALUE;

    /** 32 ms window, 16 ms hop. */
    private final FrameTiming live = new FrameTiming(new StftSpec(512, 256), FRAME_SAMPLES);

    /** 25 ms window, 10 ms hop. */
    private final FrameTiming paper = new FrameTiming(new StftSpec(400, 160), FRAME_SAMPLES);

    @Test
    void aFrameIsCompleteWithTheLastHopThatItNeeds() {
        // Frame 0 needs 320 final samples: with the overlap of 240 that takes four hops of 160, which are two
        // frames.
        assertThat(paper.completing(0, NEVER_ENDS)).isEqualTo(1);
        assertThat(paper.completing(7, NEVER_ENDS)).isEqualTo(8);
        // With the overlap of 256 it takes three hops of 256, which are 768 samples: the third frame provides them.
        assertThat(live.completing(0, NEVER_ENDS)).isEqualTo(2);
    }

    @Test
    void theLastFrameCompletesAllThatRemain() {
        assertThat(live.completing(9, 9)).isEqualTo(9);
        assertThat(live.completing(8, 9)).isEqualTo(9);
        assertThat(live.completedBy(9, true)).isEqualTo(10 - live.framesOutAfter(9));
    }

    @Test
    void everyFrameIsCompletedByExactlyOne() {
        for (FrameTiming timing : new FrameTiming[] {live, paper}) {
            long completed = 0;
            for (int input = 0; input <= 500; input++) {
                long now = timing.completedBy(input, input == 500);
                for (long output = completed; output < completed + now; output++) {
                    assertThat(timing.completing(output, 500)).isEqualTo(input);
                }
                completed += now;
            }
            assertThat(completed).isEqualTo(501);
        }
    }
}
