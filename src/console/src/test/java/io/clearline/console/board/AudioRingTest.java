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
package io.clearline.console.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudioRingTest {
    private static final int RATE_HZ = 8_000;
    private static final int FRAME = 160;
    private static final long FRAME_MICROS = 20_000;

    private final AudioRing ring = new AudioRing();

    @Test
    void sidesArePairedBySequenceInAnyOrderOfArrival() {
        after(1, 0);
        before(1, 0);
        before(0, 0);
        after(0, 0);
        List<PairedFrame> frames = newest(0);
        assertThat(frames).extracting(PairedFrame::sequence).containsExactly(0L, 1L);
        assertThat(frames).allMatch(PairedFrame::isComplete);
        assertThat(frames.get(1).before()[0]).isEqualTo((short) 1);
        assertThat(frames.get(1).after()[0]).isEqualTo((short) 101);
    }

    @Test
    void aFrameWaitsForItsAnswerUntilTheTimeout() {
        before(0, 1_000);
        before(1, 1_000);
        after(1, 1_000);
        assertThat(newest(1_500)).isEmpty();
        assertThat(newest(3_000)).extracting(PairedFrame::sequence).containsExactly(0L, 1L);
    }

    @Test
    void onlyTheLastMinuteIsKept() {
        for (int i = 0; i < 4_000; i++) {
            before(i, 0);
            after(i, 0);
        }
        List<PairedFrame> frames = newest(0);
        assertThat(frames).hasSize(AudioRing.SECONDS * RATE_HZ / FRAME);
        assertThat(frames.get(0).sequence()).isEqualTo(1_000);
    }

    @Test
    void aRestartOfTheSenderStartsAnEpoch() {
        for (int i = 0; i < 10; i++) {
            before(i, 0);
        }
        ring.before(0, 11 * FRAME_MICROS, RATE_HZ, new short[FRAME], 0);
        assertThat(ring.epoch()).isEqualTo(1);
        assertThat(newest(9_999)).hasSize(1);
        // A late answer to the session before the restart.
        after(9, 0);
        assertThat(newest(9_999)).hasSize(1);
    }

    @Test
    void answersThatAreBackfilledBeforeTheirFramesAreKept() {
        before(100, 0);
        after(99, 0);
        before(99, 0);
        after(100, 0);
        assertThat(ring.epoch()).isZero();
        List<PairedFrame> frames = newest(0);
        assertThat(frames).extracting(PairedFrame::sequence).containsExactly(99L, 100L);
        assertThat(frames).allMatch(PairedFrame::isComplete);
    }

    @Test
    void aLateFrameIsInsertedInOrder() {
        before(0, 0);
        before(2, 0);
        before(1, 0);
        assertThat(ring.epoch()).isZero();
        assertThat(newest(9_999)).extracting(PairedFrame::sequence).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aLateAnswerIsDeliveredOnce() {
        before(0, 0);
        before(1, 0);
        AudioBlock first = ring.since(AudioPosition.NOTHING, 2_000);
        assertThat(first.frames()).hasSize(2).noneMatch(PairedFrame::isComplete);
        after(0, 3_000);
        before(2, 3_000);
        after(2, 3_000);
        AudioBlock second = ring.since(new AudioPosition(0, 1, first.completed()), 3_000);
        assertThat(second.frames())
                .extracting(PairedFrame::sequence)
                .as("the late one, then the new one")
                .containsExactly(0L, 2L);
        assertThat(ring.since(new AudioPosition(0, 2, second.completed()), 3_000)
                        .frames())
                .isEmpty();
    }

    private List<PairedFrame> newest(long nowMillis) {
        return ring.since(AudioPosition.NOTHING, nowMillis).frames();
    }

    private void before(long sequence, long nowMillis) {
        ring.before(sequence, sequence * FRAME_MICROS, RATE_HZ, samples(sequence), nowMillis);
    }

    private void after(long sequence, long nowMillis) {
        ring.after(sequence, sequence * FRAME_MICROS, RATE_HZ, samples(sequence + 100), 1, nowMillis);
    }

    private static short[] samples(long value) {
        short[] samples = new short[FRAME];
        Arrays.fill(samples, (short) value);
        return samples;
    }
}
