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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class OverloadTest {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));
    private static final OverloadRules RULES = new OverloadRules(50, 10_000);
    private static final int STREAMS = 8;
    private static final int FRAMES = 250;

    @Test
    void whenFramesAreLateTheNewestStreamsPassDryUntilTheyAreInTimeAgain() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(MODEL, DeliveryMode.LIVE, RULES)) {
            play(operator, OverloadTest::growing);
            assertThat(operator.events("s7")).containsExactly(OPENED, OVERLOADED, RECOVERED);
            assertThat(operator.events("s0")).containsExactly(OPENED);
            List<EnhancedFrame> newest = operator.frames("s7");
            // The window holds the last two back.
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
    void framesThatAreOfNoUseToAnyoneAreDroppedAndTheStreamOpensAgainAfterThem() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(MODEL, DeliveryMode.LIVE, RULES)) {
            play(operator, round -> round >= 20 && round < 100 ? 20_000 : 0);
            assertThat(operator.events("s7")).containsExactly(OPENED, CLOSED, OPENED, OVERLOADED, RECOVERED);
            assertThat(operator.frames("s7").size()).isBetween(FRAMES - 85, FRAMES - 70);
        }
    }

    /** For 400 ms frames get older, as when a few more come than can be enhanced. */
    private static int growing(int round) {
        return round >= 20 && round < 40 ? 20 + 4 * (round - 20) : 0;
    }

    /** A round of frames each 20 ms; the age of each round in milliseconds. */
    private static void play(OperatorHarness operator, IntUnaryOperator ageMillis) throws Exception {
        List<List<StreamFrame>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(frames(i));
        }
        operator.pass(1_000);
        for (int round = 0; round < FRAMES; round++) {
            for (List<StreamFrame> frames : streams) {
                operator.sendLate(frames.get(round), ageMillis.applyAsInt(round));
            }
            operator.pass(20);
        }
    }

    private static List<StreamFrame> frames(int stream) {
        List<StreamFrame> frames = Frames.noise("s" + stream, 16_000, (FRAMES + 1) * 0.02, stream);
        return frames.subList(0, FRAMES);
    }
}
