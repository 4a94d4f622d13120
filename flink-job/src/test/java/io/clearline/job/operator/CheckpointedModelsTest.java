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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.job.model.ArtifactStore;
import io.clearline.job.stream.Frames;
import io.clearline.schemas.frame.StreamFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models across a restore: their files are in a store, and checkpoints refer to them. */
class CheckpointedModelsTest {
    private static final EnhancementModel FIRST = TestModels.binModel(new StftSpec(512, 256));
    private static final EnhancementModel SECOND =
            TestModels.rememberingModel(new StftSpec(512, 256)).as(new ModelId("test", "2"));
    private static final EnhancementModel PLANNED_NEXT = TestModels.passThrough(new StftSpec(512, 256));
    private static final List<StreamFrame> FRAMES = Frames.noise("a", 16_000, 1.2, 1);

    @TempDir
    private Path checkpoints;

    private ArtifactStore store;

    @BeforeEach
    void open() {
        store = ArtifactStore.beside(checkpoints.toUri().toString());
    }

    @Test
    void withAStoreACheckpointHoldsNoWeights() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(FIRST, store)) {
            operator.announce(TestPlans.update(SECOND, 0));
            assertThat(operator.snapshot().getStateSize()).isLessThan(8_000);
        }
    }

    @Test
    void aRestoredJobReadsItsModelsFromTheStoreAndGoesOnToTheLastBit() throws Exception {
        OperatorSubtaskState snapshot;
        byte[] expected;
        try (OperatorHarness operator = OperatorHarness.open(FIRST, store)) {
            operator.send(FRAMES.subList(0, 20));
            operator.announce(TestPlans.update(SECOND, FRAMES.get(30).captureTimeMicros));
            snapshot = operator.snapshot();
            operator.clearOutput();
            operator.send(FRAMES.subList(20, 60));
            expected = operator.audio("a");
        }
        try (OperatorHarness operator = OperatorHarness.restore(PLANNED_NEXT, snapshot, store)) {
            operator.send(FRAMES.subList(20, 60));
            assertThat(operator.audio("a")).isEqualTo(expected);
        }
    }

    @Test
    void aJobWithAnotherFolderFindsThemWhereTheCheckpointSaysAndKeepsThemItself() throws Exception {
        OperatorSubtaskState snapshot;
        try (OperatorHarness operator = OperatorHarness.open(FIRST, store)) {
            snapshot = operator.snapshot();
        }
        ArtifactStore moved =
                ArtifactStore.beside(checkpoints.resolve("moved").toUri().toString());
        try (OperatorHarness operator = OperatorHarness.restore(PLANNED_NEXT, snapshot, moved)) {
            operator.send(FRAMES.subList(0, 5));
            assertThat(moved.get(TestPlans.shipped(FIRST).pin()).unpack().id()).isEqualTo(FIRST.id());
        }
    }

    @Test
    void whereTheBytesAreGoneAnErrorSaysWhichAndWhatToDo() throws Exception {
        OperatorSubtaskState snapshot;
        try (OperatorHarness operator = OperatorHarness.open(FIRST, store)) {
            snapshot = operator.snapshot();
        }
        deleteStore();
        assertThatThrownBy(() -> OperatorHarness.restore(PLANNED_NEXT, snapshot, store))
                .hasMessageContaining(FIRST.id().toString())
                .hasMessageContaining(store.folder())
                .hasMessageContaining("Copy the two files there")
                .hasMessageContaining("clearline.models");
    }

    @Test
    void whereTheBytesAreGoneTheJobThatBringsTheModelGoesOn() throws Exception {
        OperatorSubtaskState snapshot;
        try (OperatorHarness operator = OperatorHarness.open(FIRST, store)) {
            operator.send(FRAMES.subList(0, 20));
            snapshot = operator.snapshot();
        }
        deleteStore();
        try (OperatorHarness operator = OperatorHarness.restore(FIRST, snapshot, store)) {
            operator.send(FRAMES.subList(20, 40));
            assertThat(operator.frames("a")).isNotEmpty();
            assertThat(store.get(TestPlans.shipped(FIRST).pin())).isNotNull();
        }
    }

    @Test
    void withoutAStoreACheckpointHoldsEachModelOnce() throws Exception {
        long bytesOfFirst = TestPlans.shipped(FIRST).tensors().length;
        long bytesOfSecond = TestPlans.shipped(SECOND).tensors().length;
        try (OperatorHarness operator = OperatorHarness.open(FIRST)) {
            operator.announce(TestPlans.update(SECOND, 10));
            operator.announce(TestPlans.update(FIRST, 20));
            assertThat(operator.snapshot().getStateSize())
                    .isBetween(bytesOfFirst + bytesOfSecond, bytesOfFirst + bytesOfSecond + 30_000);
        }
    }

    @Test
    void aStoreThatCantBeWrittenCostsSpaceInTheCheckpointAndNothingElse() throws Exception {
        Path file = Files.createFile(checkpoints.resolve("file"));
        ArtifactStore broken = ArtifactStore.beside(file.toUri().toString());
        OperatorSubtaskState snapshot;
        try (OperatorHarness operator = OperatorHarness.open(FIRST, broken)) {
            snapshot = operator.snapshot();
        }
        try (OperatorHarness operator = OperatorHarness.restore(PLANNED_NEXT, snapshot, broken)) {
            operator.send(FRAMES.subList(0, 20));
            assertThat(operator.frames("a").get(0).getModelName())
                    .isEqualTo(FIRST.id().name());
        }
    }

    @Test
    void aModelThatIsStillBeingPreparedAtTheCheckpointTakesOverAfterTheRestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (OperatorHarness operator = OperatorHarness.open(FIRST, store)) {
            operator.announceOnly(TestPlans.update(SECOND, FRAMES.get(30).captureTimeMicros));
            assertThat(operator.pendingModels()).isEqualTo(1);
            snapshot = operator.snapshot();
        }
        try (OperatorHarness operator = OperatorHarness.restore(PLANNED_NEXT, snapshot, store)) {
            operator.send(FRAMES.subList(0, 60));
            assertThat(operator.frames("a").get(27).getModelVersion())
                    .isEqualTo(FIRST.id().version());
            assertThat(operator.frames("a").get(31).getModelVersion()).isEqualTo("2");
        }
    }

    private void deleteStore() throws Exception {
        try (Stream<Path> files = Files.list(checkpoints.resolve(ArtifactStore.FOLDER))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
