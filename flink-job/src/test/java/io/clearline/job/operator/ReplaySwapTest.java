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
import io.clearline.schemas.ModelEvent;
import io.clearline.schemas.ModelEventKind;
import io.clearline.schemas.frame.StreamFrame;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A replay enhances each frame with the model that applied when it was captured, like the live job. */
class ReplaySwapTest {
    private static final EnhancementModel FIRST = TestModels.bandModel(new StftSpec(512, 256));
    private static final EnhancementModel SECOND = version(TestModels.rememberingModel(new StftSpec(512, 256)), "2");
    private static final EnhancementModel THIRD = version(TestModels.binModel(new StftSpec(512, 256)), "3");
    private static final EnhancementModel OTHER_DELAY = version(TestModels.bandModel(new StftSpec(1024, 512)), "4");

    private static final List<StreamFrame> FRAMES = Frames.noise("a", 16_000, 1.6, 1);
    /** Two models in sequence, followed by a rollback to the first. */
    private static final List<ModelUpdate> ANNOUNCED =
            List.of(announced(SECOND, 20), announced(THIRD, 40), announced(FIRST, 60));

    private static final List<Integer> KNOWN_AT_FRAME = List.of(10, 30, 55);

    @Test
    void theSameAnnouncementsGiveTheSameFramesAndEventsLiveAndInReplay() throws Exception {
        try (OperatorHarness live = OperatorHarness.open(FIRST);
                OperatorHarness replay = OperatorHarness.replay(FIRST, ANNOUNCED)) {
            int sent = 0;
            for (int i = 0; i < ANNOUNCED.size(); i++) {
                live.send(FRAMES.subList(sent, KNOWN_AT_FRAME.get(i)));
                live.announce(ANNOUNCED.get(i));
                sent = KNOWN_AT_FRAME.get(i);
            }
            live.send(FRAMES.subList(sent, FRAMES.size()));
            replay.send(FRAMES);

            assertThat(replay.frames()).isEqualTo(live.frames());
            assertThat(replay.events()).isEqualTo(live.events());
            assertThat(versions(replay.frames())).containsExactly("1", "2", "3", "1");
            assertThat(replay.meters().modelChanges.getCount()).isEqualTo(3);
        }
    }

    @Test
    void theModelsAreHeardInWhatComesOut() throws Exception {
        try (OperatorHarness swapped = OperatorHarness.replay(FIRST, ANNOUNCED);
                OperatorHarness kept = OperatorHarness.replay(FIRST, List.of())) {
            swapped.send(FRAMES);
            kept.send(FRAMES);
            assertThat(swapped.audio("a")).isNotEqualTo(kept.audio("a"));
        }
    }

    @Test
    void aRecoveryKeepsWhatWasKnownAtTheStartWhateverWasAnnouncedSince() throws Exception {
        List<ModelUpdate> since = new ArrayList<>(ANNOUNCED);
        since.add(announced(version(SECOND, "5"), 30));
        for (int cut : List.of(1, 25, 65)) {
            try (OperatorHarness replay = OperatorHarness.replay(FIRST, ANNOUNCED)) {
                replay.send(FRAMES.subList(0, cut));
                OperatorSubtaskState snapshot = replay.snapshot();
                replay.clearOutput();
                replay.send(FRAMES.subList(cut, FRAMES.size()));
                assertThat(rescaled(snapshot, since, cut)).isEqualTo(replay.frames());
            }
        }
    }

    /** Returns the remaining frames, computed by two subtasks instead of one. */
    private static List<EnhancedFrame> rescaled(OperatorSubtaskState snapshot, List<ModelUpdate> announced, int cut)
            throws Exception {
        List<EnhancedFrame> frames = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (OperatorHarness restored = OperatorHarness.restoreReplay(FIRST, announced, snapshot, 2, subtask)) {
                restored.sendOwn(FRAMES.subList(cut, FRAMES.size()));
                frames.addAll(restored.frames());
            }
        }
        return frames;
    }

    @Test
    void aLaterAnnouncementForAnEarlierMomentCountsFromThere() throws Exception {
        try (OperatorHarness replay =
                OperatorHarness.replay(FIRST, List.of(announced(SECOND, 40), announced(THIRD, 20)))) {
            replay.send(FRAMES);
            assertThat(versions(replay.frames())).containsExactly("1", "3");
        }
    }

    @Test
    void aRefusedModelIsReportedOnceAndTheOthersTakeOver() throws Exception {
        List<ModelUpdate> announced = List.of(
                new ModelUpdate.Refused("gone@1", "no such folder"), announced(OTHER_DELAY, 10), announced(SECOND, 20));
        try (OperatorHarness replay = OperatorHarness.replay(FIRST, announced)) {
            OperatorSubtaskState snapshot = replay.snapshot();
            replay.send(FRAMES);
            replay.finish();

            assertThat(versions(replay.frames())).containsExactly("1", "2");
            assertThat(refusals(replay)).hasSize(2);
            assertThat(refusals(replay).get(0).getDetail()).isEqualTo("no such folder");
            assertThat(refusals(replay).get(1).getDetail()).contains("their delay would change");
            assertThat(replay.meters().modelsRefused.getCount()).isEqualTo(2);
            try (OperatorHarness restored = OperatorHarness.restoreReplay(FIRST, announced, snapshot, 1, 0)) {
                restored.send(FRAMES);
                restored.finish();
                assertThat(refusals(restored)).isEmpty();
                assertThat(restored.frames()).isEqualTo(replay.frames());
            }
        }
    }

    private static List<ModelEvent> refusals(OperatorHarness harness) throws Exception {
        return harness.modelEvents().stream()
                .filter(event -> event.getKind() == ModelEventKind.REFUSED)
                .toList();
    }

    /** Returns the versions in the order in which they took over. */
    private static List<String> versions(List<EnhancedFrame> frames) {
        List<String> versions = new ArrayList<>();
        for (EnhancedFrame frame : frames) {
            if (versions.isEmpty() || !versions.get(versions.size() - 1).equals(frame.getModelVersion())) {
                versions.add(frame.getModelVersion());
            }
        }
        return versions;
    }

    private static ModelUpdate announced(EnhancementModel model, int fromFrame) {
        return TestPlans.update(model, FRAMES.get(fromFrame).captureTimeMicros);
    }

    private static EnhancementModel version(EnhancementModel model, String version) {
        return model.as(new ModelId(model.id().name(), version));
    }
}
