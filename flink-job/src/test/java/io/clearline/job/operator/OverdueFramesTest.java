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

import static io.clearline.job.operator.OperatorHarness.IDLE_MILLIS;
import static io.clearline.job.operator.OperatorHarness.REORDER_MILLIS;
import static io.clearline.schemas.StreamEventKind.GAP;
import static io.clearline.schemas.StreamEventKind.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.stream.Frames;
import io.clearline.kafka.DeliveryMode;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.frame.StreamFrame;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a LIVE job waits for a frame that may never arrive. */
class OverdueFramesTest {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));
    private static final List<StreamFrame> VOICE = Frames.numbered(Frames.noise("a", 16_000, 4, 1), 0, 1_000_000);

    private OperatorHarness operator;

    @BeforeEach
    void open() throws Exception {
        operator = OperatorHarness.open(MODEL);
    }

    @AfterEach
    void close() throws Exception {
        operator.close();
    }

    @Test
    void theLastFramesOfATalkSpurtComeOutWithoutANextOne() throws Exception {
        operator.send(VOICE.subList(0, 50));
        operator.pass(5);
        assertThat(operator.frames()).hasSize(48);
        operator.pass(REORDER_MILLIS);
        assertThat(sequences()).isEqualTo(range(0, 50));
        assertThat(operator.events("a")).containsExactly(OPENED);
    }

    @Test
    void framesThatWaitForAMissingOneWhenTheSenderFallsSilentComeOut() throws Exception {
        operator.send(VOICE.subList(0, 50));
        operator.send(VOICE.subList(51, 53));
        operator.pass(REORDER_MILLIS + 1);
        assertThat(sequences()).isEqualTo(range(0, 53));
        assertThat(operator.events("a")).containsExactly(OPENED, GAP);
    }

    @Test
    void aMissingFrameIsWaitedForNoLongerThanTheTimeoutHoweverFewFramesCome() throws Exception {
        operator.send(VOICE.subList(0, 50));
        operator.send(VOICE.get(51));
        operator.pass(REORDER_MILLIS / 2 + 1);
        operator.send(VOICE.get(52));
        operator.pass(REORDER_MILLIS / 2 + 1);
        operator.send(VOICE.get(53));
        operator.pass(3);
        assertThat(operator.events("a")).containsExactly(OPENED, GAP);
    }

    @Test
    void afterAStallTheFramesAreThoseOfAStreamWithoutOne() throws Exception {
        operator.send(VOICE.subList(0, 50));
        operator.pass(REORDER_MILLIS + 1);
        operator.send(VOICE.subList(50, 100));
        operator.pass(REORDER_MILLIS + 1);
        List<EnhancedFrame> stalled = operator.frames();
        try (OperatorHarness smooth = OperatorHarness.open(MODEL)) {
            smooth.send(VOICE.subList(0, 100));
            smooth.pass(REORDER_MILLIS + 1);
            List<EnhancedFrame> expected = smooth.frames();
            assertThat(stalled).hasSameSizeAs(expected);
            assertThat(stalled.subList(0, 48)).isEqualTo(expected.subList(0, 48));
            assertThat(stalled.subList(50, 100)).isEqualTo(expected.subList(50, 100));
        }
    }

    @Test
    void aSilenceThatTheSenderMarksByItsCaptureTimesGivesTheBitsOfAReplay() throws Exception {
        List<StreamFrame> later = Frames.numbered(VOICE.subList(50, 100), 50, 9_000_000);
        operator.send(VOICE.subList(0, 50));
        operator.pass(5_000);
        operator.send(later);
        operator.pass(5_000);
        try (OperatorHarness replay = OperatorHarness.open(MODEL, DeliveryMode.REPLAY, OverloadRules.NONE)) {
            replay.send(VOICE.subList(0, 50));
            replay.send(later);
            replay.finish();
            assertThat(operator.frames()).isEqualTo(replay.frames());
        }
    }

    @Test
    void aRestoredStreamGivesOutWhatItHoldsWhenNothingFollows() throws Exception {
        operator.send(VOICE.subList(0, 50));
        operator.send(VOICE.get(51));
        operator = operator.restartedAfter(MODEL, 3_600_000);
        assertThat(operator.meters().openStreams).isEqualTo(1);
        operator.pass(IDLE_MILLIS / 2);
        assertThat(operator.frames()).isEmpty();
        operator.pass(IDLE_MILLIS / 4);
        assertThat(sequences()).isEqualTo(range(48, 52));
        operator.pass(IDLE_MILLIS);
        assertThat(operator.meters().openStreams).isZero();
    }

    @Test
    void aRestoredStreamThatFallsSilentDoesNotDelayTheOthers() throws Exception {
        operator.send(VOICE.subList(0, 50));
        operator = operator.restartedAfter(MODEL, 3_600_000);
        operator.send(Frames.numbered(Frames.noise("b", 16_000, 1, 2), 0, 1_000_000));
        operator.pass(REORDER_MILLIS + 1);
        assertThat(operator.frames())
                .extracting(EnhancedFrame::getStreamId)
                .hasSize(50)
                .containsOnly("b");
    }

    @Test
    void aRestoredStreamWaitsForItsNextFrameWhileTheSourceFindsItsPlace() throws Exception {
        awaitInputAfterARestart();
        operator.send(VOICE.subList(50, 100));
        operator.pass(IDLE_MILLIS / 2);
        try (OperatorHarness uninterrupted = OperatorHarness.open(MODEL)) {
            uninterrupted.send(VOICE.subList(0, 100));
            uninterrupted.pass(REORDER_MILLIS + 5);
            List<EnhancedFrame> expected = uninterrupted.frames();
            assertThat(operator.frames()).isEqualTo(expected.subList(48, 100));
        }
    }

    @Test
    void aRestoredStreamWaitsNoLongerThanSecondsOnceFramesComeAgain() throws Exception {
        awaitInputAfterARestart();
        operator.send(voice(7));
        operator.pass(1_000);
        assertThat(operator.frames("a")).isEmpty();
        operator.pass(2_000);
        assertThat(sequences()).isEqualTo(range(48, 50));
    }

    @Test
    void streamsThatFallSilentTogetherAreReleasedAFewAtATimeSoThatOthersHaveTheirTurn() throws Exception {
        int streams = 3 * OverdueFrames.MAX_STREAMS_AT_A_TIME;
        for (int i = 0; i < streams; i++) {
            operator.send(voice(i));
        }
        operator.pass(5);
        int before = operator.frames().size();
        for (int time = 1; time <= 3; time++) {
            operator.pass(time == 1 ? REORDER_MILLIS - 5 : 1);
            assertThat(operator.frames().size() - before).isEqualTo(2 * time * OverdueFrames.MAX_STREAMS_AT_A_TIME);
        }
        for (int i = 0; i < streams; i += OverdueFrames.MAX_STREAMS_AT_A_TIME - 1) {
            try (OperatorHarness alone = OperatorHarness.open(MODEL)) {
                alone.send(voice(i));
                alone.pass(REORDER_MILLIS + 1);
                assertThat(operator.frames("v" + i)).hasSize(10).isEqualTo(alone.frames());
            }
        }
    }

    /** Sends a second of the voice and restarts the job after an hour, without a frame since. */
    private void awaitInputAfterARestart() throws Exception {
        operator.send(VOICE.subList(0, 50));
        operator.pass(5);
        operator = operator.restartedAfter(MODEL, 3_600_000);
        operator.pass(IDLE_MILLIS / 2);
    }

    private static List<StreamFrame> voice(int number) {
        return Frames.numbered(Frames.noise("v" + number, 16_000, 1, number), 0, 1_000_000)
                .subList(0, 10);
    }

    private List<Long> sequences() throws Exception {
        return operator.frames("a").stream().map(EnhancedFrame::getSequence).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
