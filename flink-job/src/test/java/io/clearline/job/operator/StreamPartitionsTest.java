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

import static io.clearline.schemas.StreamEventKind.CLOSED;
import static io.clearline.schemas.StreamEventKind.OPENED;
import static io.clearline.schemas.StreamEventKind.PARTITION_CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.stream.Frames;
import io.clearline.schemas.StreamEvent;
import io.clearline.schemas.frame.StreamFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamPartitionsTest {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));

    @Test
    void aStreamThatMovesToAnotherPartitionSaysSoOnce() throws Exception {
        List<StreamFrame> frames = Frames.noise("a", 16_000, 1, 1);
        frames.subList(20, 50).forEach(frame -> frame.partition = 3);
        // A frame left in the previous partition, read after the first one of the new partition.
        frames.get(21).partition = 0;
        try (OperatorHarness operator = OperatorHarness.open(MODEL)) {
            operator.send(frames);
            operator.pass(5);

            assertThat(operator.events("a")).containsExactly(OPENED, PARTITION_CHANGED, CLOSED);
            StreamEvent moved = operator.events().get(1);
            assertThat(moved.getSequence()).isEqualTo(20);
            assertThat(moved.getDetail()).contains("from partition 3, previously from 0");
            assertThat(operator.meters().partitionChanges.getCount()).isEqualTo(1);
        }
    }

    @Test
    void anIdThatIsUsedAgainMayBeginInAnyPartition() throws Exception {
        List<StreamFrame> first = Frames.noise("a", 16_000, 0.2, 1);
        List<StreamFrame> second = Frames.later(Frames.noise("a", 16_000, 0.2, 2), 60_000_000);
        second.forEach(frame -> frame.partition = 1);
        try (OperatorHarness operator = OperatorHarness.open(MODEL)) {
            operator.send(first);
            operator.send(second);
            operator.pass(5);

            assertThat(operator.events("a")).containsExactly(OPENED, CLOSED, OPENED, CLOSED);
        }
    }
}
