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

import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.model.ArtifactStore;
import io.clearline.job.stream.Frames;
import io.clearline.modelstore.ModelRepository;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.CommittedText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The size of a checkpoint depends on the streams only: the model's weights are stored once, beside the checkpoints.
 */
class CheckpointSizeTest {
    private static final int STREAMS = 1_000;

    @TempDir
    private Path checkpoints;

    @Test
    void aThousandStreamsUnderTheLargestModelTakeTheSpaceOfAThousandStreams() throws Exception {
        EnhancementModel model =
                new ModelRepository(CommittedText.home().resolve("model-store/models")).load("quality-16k@1");
        ArtifactStore store = ArtifactStore.beside(checkpoints.toUri().toString());
        try (OperatorHarness operator = OperatorHarness.open(model, store)) {
            long empty = operator.snapshot().getStateSize();
            for (int i = 0; i < STREAMS; i++) {
                List<StreamFrame> frames = Frames.noise("stream-" + i, 16_000, 0.1, i);
                operator.send(frames.subList(0, 3));
                operator.clearOutput();
            }
            long full = operator.snapshot().getStateSize();
            long aStream = (full - empty) / STREAMS;
            System.out.printf(
                    "checkpoint under %s: %,d bytes without streams, %,d with %,d, %,d a stream%n",
                    model.id(), empty, full, STREAMS, aStream);
            assertThat(empty).isLessThan(8_000);
            assertThat(aStream).isLessThan(64_000);
        }
    }
}
