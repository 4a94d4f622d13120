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

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.job.stream.Frames;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.ModelEventKind;
import io.clearline.schemas.StreamEvent;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.StreamFrame;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Replacing a model while streams run: at which frame streams switch, and what happens to idle ones. */
class ModelSwapTest {
    private static final EnhancementModel OLD = TestModels.bandModel(new StftSpec(512, 256));
    private static final EnhancementModel NEW = version(OLD, "2");
    private static final List<StreamFrame> FRAMES = Frames.noise("a", 16_000, 1.2, 1);
    private static final int SWAP_FRAME = 30;
    private static final long SWAP_MICROS = FRAMES.get(SWAP_FRAME).captureTimeMicros;

    @Test
    void everyStreamChangesOverAtTheSameFrameWheneverTheJobLearnsOfIt() throws Exception {
        byte[] expected = audioOf(0);
        for (int announcedAt : List.of(1, 13, SWAP_FRAME)) {
            assertThat(audioOf(announcedAt)).isEqualTo(expected);
        }
    }

    private static byte[] audioOf(int announcedAt) throws Exception {
        try (OperatorHarness harness = OperatorHarness.open(OLD)) {
            harness.send(FRAMES.subList(0, announcedAt));
            harness.announce(update(NEW, SWAP_MICROS));
            harness.send(FRAMES.subList(announcedAt, FRAMES.size()));
            List<StreamEvent> changes = harness.events().stream()
                    .filter(event -> event.getKind() == StreamEventKind.MODEL_CHANGED)
                    .toList();
            assertThat(changes).hasSize(1);
            assertThat(harness.meters().modelChanges.getCount()).isEqualTo(1);
            assertThat(changes.get(0).getSequence()).isEqualTo(FRAMES.get(SWAP_FRAME).sequence);
            return harness.audio("a");
        }
    }

    @Test
    void aRecoveryBeforeTheMomentChangesOverAtTheSameFrame() throws Exception {
        OperatorSubtaskState snapshot;
        try (OperatorHarness harness = OperatorHarness.open(OLD)) {
            harness.announce(update(NEW, SWAP_MICROS));
            harness.send(FRAMES.subList(0, 20));
            snapshot = harness.snapshot();
            harness.clearOutput();
            harness.send(FRAMES.subList(20, FRAMES.size()));
            byte[] expected = harness.audio("a");
            try (OperatorHarness restored = OperatorHarness.restore(OLD, snapshot, 1, 0)) {
                restored.send(FRAMES.subList(20, FRAMES.size()));
                assertThat(restored.audio("a")).isEqualTo(expected);
            }
        }
    }

    @Test
    void aStreamThatWasIdleOverASwapAndARestoreGoesOnAndEnds() throws Exception {
        try (OperatorHarness harness = OperatorHarness.open(OLD)) {
            harness.send(FRAMES.subList(0, 20));
            harness.announce(update(NEW, 0));
            OperatorSubtaskState snapshot = harness.snapshot();
            harness.pass(2 * OperatorHarness.IDLE_MILLIS);
            assertThat(harness.frames("a")).hasSize(20);
            try (OperatorHarness restored = OperatorHarness.restore(OLD, snapshot, 1, 0)) {
                restored.send(FRAMES.subList(20, FRAMES.size()));
                restored.pass(2 * OperatorHarness.IDLE_MILLIS);
                List<EnhancedFrame> frames = restored.frames("a");
                assertThat(frames.get(frames.size() - 1).getSequence())
                        .isEqualTo(FRAMES.get(FRAMES.size() - 1).sequence);
                assertThat(frames.get(frames.size() - 1).getModelVersion()).isEqualTo("2");
            }
        }
    }

    @Test
    void aStreamTwoModelsBehindGoesOnWithTheNewestThatIsInUse() throws Exception {
        try (OperatorHarness harness = OperatorHarness.open(OLD)) {
            harness.send(FRAMES.subList(0, 20));
            harness.announce(update(NEW, 0));
            harness.announce(update(version(OLD, "3"), 0));
            harness.pass(2 * OperatorHarness.IDLE_MILLIS);
            assertThat(harness.frames("a")).hasSize(20);
            assertThat(harness.events("a"))
                    .containsExactly(StreamEventKind.OPENED, StreamEventKind.MODEL_CHANGED, StreamEventKind.CLOSED);
        }
    }

    @Test
    void aModelThatIsInUseAlreadyChangesNothing() throws Exception {
        try (OperatorHarness harness = OperatorHarness.open(OLD)) {
            harness.send(FRAMES.subList(0, 20));
            harness.announce(update(OLD, 0));
            harness.send(FRAMES.subList(20, FRAMES.size()));
            assertThat(harness.events("a")).doesNotContain(StreamEventKind.MODEL_CHANGED);
        }
    }

    @Test
    void aModelOfAnotherDelayIsRefusedWithItsReason() throws Exception {
        try (OperatorHarness harness = OperatorHarness.open(OLD)) {
            harness.announce(update(version(TestModels.bandModel(new StftSpec(1024, 512)), "2"), 0));
            assertThat(harness.modelEvents()).singleElement().satisfies(event -> {
                assertThat(event.getModel()).isEqualTo("test@2");
                assertThat(event.getKind()).isEqualTo(ModelEventKind.REFUSED);
                assertThat(event.getDetail()).contains("their delay would change");
            });
            assertThat(harness.meters().modelsRefused.getCount()).isEqualTo(1);
            assertThat(harness.meters().modelChanges.getCount()).isZero();
        }
    }

    private static ModelUpdate update(EnhancementModel model, long fromMicros) {
        return TestPlans.update(model, fromMicros);
    }

    private static EnhancementModel version(EnhancementModel model, String version) {
        return model.as(new ModelId(model.id().name(), version));
    }
}
