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

import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyTimelineTest {
    private static final long START = 1_000_000_000;

    private final LatencyTimeline timeline = new LatencyTimeline(START, START + 2_000_000);

    @Test
    void framesInTimeMakeNoStall() {
        timeline.add(START + 20_000, 49_000);

        assertThat(timeline.stalls(List.of())).isEmpty();
    }

    @Test
    void lateFramesThatFollowOneAnotherAreOneStall() {
        timeline.add(START + 420_000, 60_000);
        timeline.add(START + 460_000, 20_000);
        timeline.add(START + 510_000, 90_000);
        timeline.add(START + 1_950_000, 51_000);

        assertThat(timeline.stalls(List.of()))
                .containsExactly(
                        new Stall("1970-01-01T00:16:40.400Z", 0.2, 90, List.of()),
                        new Stall("1970-01-01T00:16:41.900Z", 0.1, 51, List.of()));
    }

    @Test
    void aStallListsThePausesThatOverlapIt() {
        timeline.add(START + 420_000, 120_000);
        Pause earlierPause = new Pause("collector", START + 300_000, 90);
        Pause overlappingPause = new Pause("checkpoint", START + 590_000, 400).in("job");

        assertThat(timeline.stalls(List.of(earlierPause, overlappingPause)))
                .containsExactly(new Stall("1970-01-01T00:16:40.400Z", 0.1, 120, List.of("job: checkpoint, 400 ms")));
    }
}
