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
import static io.clearline.schemas.StreamEventKind.CLOSED;
import static io.clearline.schemas.StreamEventKind.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.stream.Frames;
import io.clearline.schemas.frame.StreamFrame;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamLifeTest {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));

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
    void aStreamIsOneStateAndOneTimer() throws Exception {
        operator.send(unended("a"));
        operator.send(unended("b"));
        operator.pass(5);
        assertThat(operator.storedStreams()).isEqualTo(2);
        assertThat(operator.numProcessingTimeTimers()).isEqualTo(2);
    }

    @Test
    void anIdleStreamGivesItsTailAndLeavesNeitherStateNorTimer() throws Exception {
        List<StreamFrame> frames = unended("a");
        operator.send(frames);
        operator.pass(IDLE_MILLIS + 1);
        assertThat(operator.events("a")).containsExactly(OPENED, CLOSED);
        assertThat(operator.frames("a")).hasSameSizeAs(frames);

        operator.pass(IDLE_MILLIS + 1);
        assertThat(operator.storedStreams()).isZero();
        assertThat(operator.numProcessingTimeTimers()).isZero();
        assertThat(operator.events("a")).containsExactly(OPENED, CLOSED);
    }

    @Test
    void aStallOfTheJobIsNoSilenceOfTheStream() throws Exception {
        List<StreamFrame> frames = unended("a");
        operator.send(frames.subList(0, 10));
        operator.pass(5);
        operator.stall(10 * IDLE_MILLIS);
        operator.send(frames.subList(10, frames.size()));
        operator.pass(5);
        assertThat(operator.events("a")).containsExactly(OPENED);
        operator.pass(IDLE_MILLIS + 1);
        assertThat(operator.events("a")).containsExactly(OPENED, CLOSED);
        assertThat(operator.frames("a")).hasSameSizeAs(frames);
    }

    @Test
    void aStreamThatEndedDuringAStallIsClosedAnIdleTimeAfterIt() throws Exception {
        operator.send(unended("a"));
        operator.pass(5);
        operator.stall(10 * IDLE_MILLIS);
        assertThat(operator.events("a")).containsExactly(OPENED);
        operator.pass(IDLE_MILLIS + 1);
        assertThat(operator.events("a")).containsExactly(OPENED, CLOSED);
    }

    @Test
    void anEndedStreamLeavesNeitherStateNorTimer() throws Exception {
        operator.send(Frames.noise("a", 16_000, 0.5, 1));
        operator.pass(IDLE_MILLIS + 1);
        operator.pass(IDLE_MILLIS + 1);
        assertThat(operator.storedStreams()).isZero();
        assertThat(operator.numProcessingTimeTimers()).isZero();
    }

    @Test
    void aStreamThatGoesOnIsNotForgotten() throws Exception {
        List<StreamFrame> frames = unended("a");
        for (StreamFrame frame : frames) {
            operator.send(frame);
            operator.pass(IDLE_MILLIS / 2);
        }
        assertThat(operator.events("a")).containsExactly(OPENED);
        assertThat(operator.storedStreams()).isEqualTo(1);
        assertThat(operator.numProcessingTimeTimers()).isEqualTo(1);
    }

    @Test
    void aClosedStreamStartsAgainUnderItsIdAsIfItWereNew() throws Exception {
        List<StreamFrame> frames = Frames.noise("a", 16_000, 0.5, 1);
        operator.send(frames);
        operator.pass(5);
        byte[] first = operator.audio("a");
        operator.clearOutput();

        operator.send(Frames.later(frames, 60_000_000));
        operator.pass(5);
        assertThat(operator.audio("a")).isEqualTo(first);
        assertThat(operator.events("a")).containsExactly(OPENED, CLOSED);
        assertThat(operator.storedStreams()).isEqualTo(1);
        assertThat(operator.numProcessingTimeTimers()).isEqualTo(1);
    }

    @Test
    void aForgottenStreamStartsAgainUnderItsIdAsIfItWereNew() throws Exception {
        List<StreamFrame> frames = Frames.noise("a", 16_000, 0.5, 1);
        operator.send(frames);
        operator.pass(IDLE_MILLIS + 1);
        operator.pass(IDLE_MILLIS + 1);
        byte[] first = operator.audio("a");
        operator.clearOutput();

        operator.send(frames);
        operator.pass(5);
        assertThat(operator.audio("a")).isEqualTo(first);
        assertThat(operator.events("a")).containsExactly(OPENED, CLOSED);
    }

    @Test
    void aThousandStreamsThatWentLeaveNothing() throws Exception {
        for (int i = 0; i < 1000; i++) {
            operator.send(Frames.noise("s" + i, 8_000, 0.04, i));
            operator.pass(IDLE_MILLIS / 10);
        }
        assertThat(operator.storedStreams()).isLessThan(25);
        operator.pass(2 * IDLE_MILLIS);
        operator.pass(IDLE_MILLIS);
        assertThat(operator.storedStreams()).isZero();
        assertThat(operator.numProcessingTimeTimers()).isZero();
    }

    @Test
    void streamsThatEndedAreForgottenHoweverOftenTheJobRestarts() throws Exception {
        for (int i = 0; i < 8; i++) {
            operator.send(Frames.noise("s" + i, 8_000, 0.04, i));
            operator.pass(IDLE_MILLIS / 2);
            operator = operator.restartedAfter(MODEL, IDLE_MILLIS / 4);
        }
        assertThat(operator.storedStreams()).isLessThan(5);
        assertThat(operator.numProcessingTimeTimers()).isLessThan(5);
    }

    @Test
    void aStreamThatWasNeverEndedIsForgottenHoweverOftenTheJobRestarts() throws Exception {
        operator.send(unended("a"));
        for (int i = 0; i < 5; i++) {
            operator.pass(IDLE_MILLIS / 2);
            operator = operator.restartedAfter(MODEL, IDLE_MILLIS / 4);
        }
        assertThat(operator.storedStreams()).isZero();
        assertThat(operator.numProcessingTimeTimers()).isZero();
    }

    @Test
    void theJobsOwnAbsenceDoesNotCloseAStream() throws Exception {
        operator.send(unended("a"));
        operator.pass(IDLE_MILLIS / 2);
        operator = operator.restartedAfter(MODEL, 10 * IDLE_MILLIS);
        operator.pass(IDLE_MILLIS / 4);
        assertThat(operator.events("a")).isEmpty();

        operator.pass(IDLE_MILLIS / 2);
        assertThat(operator.events("a")).containsExactly(CLOSED);
    }

    private static List<StreamFrame> unended(String id) {
        List<StreamFrame> frames = Frames.noise(id, 16_000, 0.5, 1);
        return frames.subList(0, frames.size() - 1);
    }
}
