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
import static io.clearline.schemas.StreamEventKind.OVERLOADED;
import static io.clearline.schemas.StreamEventKind.RECOVERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.stream.Frames;
import io.clearline.kafka.DeliveryMode;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.frame.FrameCutter;
import io.clearline.schemas.frame.StreamFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverloadTest {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));
    private static final OverloadRules RULES = new OverloadRules(50, 10_000);
    private static final int STREAMS = 8;
    private static final int FRAMES = 250;
    private static final List<List<StreamFrame>> VOICES =
            IntStream.range(0, STREAMS).mapToObj(OverloadTest::frames).toList();

    @Test
    void whenFramesAreLateTheNewestStreamsPassDryUntilTheyAreInTimeAgain() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(MODEL, DeliveryMode.LIVE, RULES)) {
            play(operator, OverloadTest::growing);
            assertThat(operator.events("s7")).containsExactly(OPENED, OVERLOADED, RECOVERED);
            assertThat(operator.events("s0")).containsExactly(OPENED);
            List<EnhancedFrame> newest = operator.frames("s7");
            // The last two frames are still in the analysis window.
            assertThat(newest.size()).isEqualTo(FRAMES - 2);
            assertThat(newest.get(10).getEnhanced()).isTrue();
            assertThat(newest.get(38).getBypassed()).isTrue();
            assertThat(newest.get(38).getEnhanced()).isFalse();
            assertThat(newest.get(38).getModelName()).isEmpty();
            assertThat(newest.get(38).getPayload())
                    .isEqualTo(ByteBuffer.wrap(FrameCutter.payload(frames(7).get(38))));
            assertThat(newest.get(FRAMES - 3).getEnhanced()).isTrue();
        }
    }

    @Test
    void theStreamsThatAreKeptHaveTheBitsOfAQuietRun() throws Exception {
        try (OperatorHarness quiet = OperatorHarness.open(MODEL);
                OperatorHarness loaded = OperatorHarness.open(MODEL, DeliveryMode.LIVE, RULES)) {
            play(quiet, round -> 0);
            play(loaded, OverloadTest::growing);
            assertThat(Arrays.equals(loaded.audio("s0"), quiet.audio("s0"))).isTrue();
            assertThat(Arrays.equals(loaded.audio("s7"), quiet.audio("s7"))).isFalse();
        }
    }

    @Test
    void aReplayBypassesNothingHoweverOldItsFrames() throws Exception {
        try (OperatorHarness replay = OperatorHarness.open(MODEL, DeliveryMode.REPLAY, RULES)) {
            play(replay, round -> 3_600_000);
            replay.prepareSnapshotPreBarrier(1);
            assertThat(replay.frames()).isNotEmpty().allMatch(EnhancedFrame::getEnhanced);
        }
    }

    @Test
    void framesThatAreTooOldAreDroppedAndTheStreamOpensAgainAfterThem() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(MODEL, DeliveryMode.LIVE, RULES)) {
            operator.pass(1_000);
            for (int round = 0; round < FRAMES; round++) {
                // For a while the subtask processes only one round of frames in half a second.
                boolean stuck = round >= 20 && round < 60;
                round(operator, round, stuck ? 480 * (round - 20) : 0, stuck ? 500 : 20);
            }
            assertThat(operator.events("s7"))
                    .containsExactly(OPENED, OVERLOADED, CLOSED, OPENED, OVERLOADED, RECOVERED);
            assertThat(operator.meters().dropped.getCount()).isBetween(100L, 200L);
        }
    }

    @Test
    void afterAnOutageOfOverAMinuteEveryFrameIsEnhanced() throws Exception {
        OperatorHarness operator = OperatorHarness.open(MODEL, DeliveryMode.LIVE, RULES);
        operator.pass(1_000);
        for (int round = 0; round < 20; round++) {
            round(operator, round, 1, 20);
        }
        try (OperatorHarness restored = operator.restartedAfter(MODEL, 70_000, RULES)) {
            for (int round = 20; round < 100; round++) {
                round(restored, round, 70_000 - 19L * (round - 20), 1);
            }
            assertThat(restored.meters().dropped.getCount()).isZero();
            assertThat(restored.frames()).hasSizeGreaterThan(STREAMS * 77).allMatch(EnhancedFrame::getEnhanced);
        }
    }

    @Test
    void aNewJobEnhancesFramesThatAreOverAMinuteOld() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(MODEL, DeliveryMode.LIVE, RULES)) {
            operator.pass(100_000);
            for (int round = 0; round < 80; round++) {
                round(operator, round, 70_000 - 19L * round, 1);
            }
            assertThat(operator.meters().dropped.getCount()).isZero();
            assertThat(operator.frames()).hasSizeGreaterThan(STREAMS * 77).allMatch(EnhancedFrame::getEnhanced);
        }
    }

    @Test
    void aRestoredJobTreatsAStreamAsItWasTreatedUntilItDecidesAnew() throws Exception {
        OperatorHarness operator = OperatorHarness.open(MODEL, DeliveryMode.LIVE, RULES);
        operator.pass(1_000);
        for (int round = 0; round < 40; round++) {
            round(operator, round, growing(round), 20);
        }
        assertThat(operator.events("s7")).containsExactly(OPENED, OVERLOADED);
        try (OperatorHarness restored = operator.restartedAfter(MODEL, 5_000, RULES)) {
            for (int round = 40; round < FRAMES; round++) {
                round(restored, round, 0, 20);
            }
            List<EnhancedFrame> frames = restored.frames("s7");
            assertThat(frames.subList(0, 20)).allMatch(EnhancedFrame::getBypassed);
            assertThat(frames.get(frames.size() - 1).getEnhanced()).isTrue();
            assertThat(restored.events("s7")).containsExactly(RECOVERED);
            assertThat(restored.frames("s0")).allMatch(EnhancedFrame::getEnhanced);
        }
    }

    /** Returns an age that grows for 400 ms, as when slightly more frames arrive than can be enhanced. */
    private static int growing(int round) {
        return round >= 20 && round < 40 ? 20 + 4 * (round - 20) : 0;
    }

    /** Plays a round of frames every 20 ms, each round with its age in milliseconds. */
    private static void play(OperatorHarness operator, IntUnaryOperator ageMillis) throws Exception {
        operator.pass(1_000);
        for (int round = 0; round < FRAMES; round++) {
            round(operator, round, ageMillis.applyAsInt(round), 20);
        }
    }

    /** Sends a frame of each stream and advances the time, half of which counts as enhancement. */
    private static void round(OperatorHarness operator, int round, long ageMillis, long passMillis) throws Exception {
        for (List<StreamFrame> frames : VOICES) {
            operator.sendLate(frames.get(round), ageMillis);
        }
        operator.kernelTook(passMillis / 2);
        operator.pass(passMillis);
    }

    private static List<StreamFrame> frames(int stream) {
        List<StreamFrame> frames = Frames.noise("s" + stream, 16_000, (FRAMES + 1) * 0.02, stream);
        return frames.subList(0, FRAMES);
    }
}
