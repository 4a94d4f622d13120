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
import io.clearline.schemas.frame.StreamFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When announced models take over. They are prepared while streams run, and apply from their capture time on. */
class ModelTakeoverTest {
    private static final EnhancementModel RUNNING = TestModels.bandModel(new StftSpec(512, 256));
    private static final EnhancementModel NEXT = version(TestModels.rememberingModel(new StftSpec(512, 256)), "2");
    private static final EnhancementModel LAST = version(TestModels.binModel(new StftSpec(512, 256)), "3");
    private static final List<StreamFrame> FRAMES = Frames.noise("a", 16_000, 4, 1);

    @Test
    void twoTakeoversAheadLeaveTheRunningModelItsTimeUntilTheFirst() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(RUNNING)) {
            operator.send(FRAMES.subList(0, 20));
            operator.announce(TestPlans.update(NEXT, micros(100)));
            operator.send(FRAMES.subList(20, 40));
            operator.announce(TestPlans.update(LAST, micros(150)));
            operator.send(FRAMES.subList(40, 200));
            Map<String, Long> firstFrames = firstFrames(operator);
            assertThat(firstFrames).containsOnlyKeys("1", "2", "3");
            assertThat(firstFrames.get("2")).isBetween(98L, 100L);
            assertThat(firstFrames.get("3")).isBetween(148L, 150L);
        }
    }

    @Test
    void manyTakeoversAheadAreAllKept() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(RUNNING)) {
            for (int i = 2; i <= 6; i++) {
                operator.announce(TestPlans.update(version(RUNNING, "" + i), micros(20 * i)));
            }
            operator.send(FRAMES.subList(0, 180));
            assertThat(firstFrames(operator)).containsOnlyKeys("1", "2", "3", "4", "5", "6");
        }
    }

    @Test
    void theSameModelAnnouncedForAnotherMomentReplacesTheFirstAndSaysSo() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(RUNNING)) {
            operator.announce(TestPlans.update(NEXT, micros(100)));
            operator.send(FRAMES.subList(0, 20));
            operator.announce(TestPlans.update(NEXT, micros(60)));
            operator.send(FRAMES.subList(20, 150));
            assertThat(firstFrames(operator).get("2")).isBetween(58L, 60L);
            assertThat(kinds(operator)).containsExactly(ModelEventKind.SCHEDULED, ModelEventKind.RESCHEDULED);
            assertThat(operator.modelEvents().get(1).getFromCaptureTimeMicros()).isEqualTo(micros(60));
        }
    }

    @Test
    void theSameModelAnnouncedForALaterMomentBeforeItsOwnWaits() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(RUNNING)) {
            operator.announceOnly(TestPlans.update(NEXT, micros(40)));
            operator.announceOnly(TestPlans.update(NEXT, micros(90)));
            operator.awaitModels();
            operator.send(FRAMES.subList(0, 150));
            assertThat(firstFrames(operator).get("2")).isBetween(88L, 90L);
        }
    }

    @Test
    void aModelThatIsInForceStaysSinceWhenItIsWhateverIsAnnouncedLater() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(RUNNING)) {
            operator.announce(TestPlans.update(NEXT, micros(20)));
            operator.send(FRAMES.subList(0, 50));
            ModelUpdate.Verified again = ModelUpdate.verified(TestPlans.shipped(NEXT), micros(80), micros(50));
            operator.announce(again);
            operator.send(FRAMES.subList(50, 100));
            assertThat(firstFrames(operator).get("2")).isBetween(18L, 20L);
            assertThat(kinds(operator)).containsExactly(ModelEventKind.SCHEDULED, ModelEventKind.UNCHANGED);
        }
    }

    @Test
    void framesGoOnUnderTheRunningModelWhileTheNextIsPrepared() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(RUNNING)) {
            operator.send(FRAMES.subList(0, 20));
            operator.announceOnly(TestPlans.update(NEXT, 0));
            operator.send(FRAMES.subList(20, 60));
            assertThat(operator.pendingModels()).isEqualTo(1);
            assertThat(firstFrames(operator)).containsOnlyKeys("1");
            operator.awaitModels();
            operator.send(FRAMES.subList(60, 100));
            assertThat(firstFrames(operator)).containsOnlyKeys("1", "2");
        }
    }

    @Test
    void aSwapUnderLoadBypassesNoStreamAndGivesTheBytesOfItsReplay() throws Exception {
        List<List<StreamFrame>> streams = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            streams.add(Frames.noise("s" + i, 16_000, 2, i).subList(0, 99));
        }
        ModelUpdate announced = TestPlans.update(NEXT, micros(60));
        try (OperatorHarness live = OperatorHarness.open(RUNNING);
                OperatorHarness replay = OperatorHarness.replay(RUNNING, List.of(announced))) {
            play(live, streams, 0, 30);
            live.announceOnly(announced);
            play(live, streams, 30, 50);
            live.awaitModels();
            play(live, streams, 50, 99);
            live.finish();
            play(replay, streams, 0, 99);
            replay.finish();
            assertThat(live.frames()).hasSize(12 * 99).allMatch(EnhancedFrame::getEnhanced);
            assertThat(GoldenStreams.hashes(live.frames())).isEqualTo(GoldenStreams.hashes(replay.frames()));
        }
    }

    private static void play(OperatorHarness operator, List<List<StreamFrame>> streams, int from, int to)
            throws Exception {
        for (int i = from; i < to; i++) {
            for (List<StreamFrame> frames : streams) {
                operator.send(frames.get(i));
            }
        }
    }

    private static long micros(int frame) {
        return FRAMES.get(frame).captureTimeMicros;
    }

    private static List<ModelEventKind> kinds(OperatorHarness operator) throws Exception {
        List<ModelEventKind> kinds = new ArrayList<>();
        operator.modelEvents().forEach(event -> kinds.add(event.getKind()));
        return kinds;
    }

    /** Returns the sequence number of the first frame of each version. */
    private static Map<String, Long> firstFrames(OperatorHarness operator) throws Exception {
        Map<String, Long> firstFrames = new TreeMap<>();
        for (EnhancedFrame frame : operator.frames("a")) {
            firstFrames.putIfAbsent(frame.getModelVersion(), frame.getSequence());
        }
        return firstFrames;
    }

    private static EnhancementModel version(EnhancementModel model, String version) {
        return model.as(new ModelId(model.id().name(), version));
    }
}
