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
import static org.assertj.core.api.Assertions.within;

import io.clearline.console.SimulatedStreams;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.StreamEventKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final byte[] FRAME = new byte[640];

    private final Board board = new Board();

    @Test
    void theFiguresOfASecondCountItsFrames() {
        SimulatedStreams streams = new SimulatedStreams(board, List.of("a", "b"), 320);
        for (int i = 0; i < 50; i++) {
            streams.frame(NOW + 20 * i);
        }
        streams.estimate(NOW + 1000);
        Overview second = board.tick(NOW + 1000);
        assertThat(second.figures())
                .containsEntry("streams", 2f)
                .containsEntry("in", 100f)
                .containsEntry("out", 100f)
                .containsEntry("enhanced", 1f)
                .containsEntry("dry", 0f)
                .containsEntry("p50", 5f)
                .containsEntry("sdrIn", 4f);
        assertThat(second.models()).containsEntry("live-16k@4", 2);
        assertThat(board.tick(NOW + 2000).figures()).containsEntry("in", 0f).containsEntry("enhanced", null);
        assertThat(board.history().get("in")).containsExactly(100f, 0f);
    }

    @Test
    void aFrameThatBreaksALimitCreatesNoStream() {
        board.frameIn(SimulatedStreams.raw("x".repeat(10_000), 0, NOW, FRAME), 0, NOW);
        assertThat(board.streams(all(), NOW).all()).isZero();
    }

    @Test
    void aLongNameIsNotTruncatedWithinASurrogatePair() {
        board.event(SimulatedStreams.event("x" + "\uD83C\uDF99".repeat(500), StreamEventKind.GAP, NOW), NOW);
        assertThat(board.events(1).get(0).subject()).isEqualTo("x" + "\uD83C\uDF99".repeat(255) + "\u2026");
    }

    @Test
    void beyondTheCapacityTheLeastRecentlyActiveStreamIsEvicted() {
        for (int i = 0; i <= Board.MAX_STREAMS; i++) {
            board.frameIn(SimulatedStreams.raw("s" + i, 0, NOW + i, new byte[2]), 0, NOW + i);
        }
        assertThat(board.streams(all(), NOW).all()).isEqualTo(Board.MAX_STREAMS);
        assertThat(board.stream("s0", NOW)).isEmpty();
        assertThat(board.stream("s1", NOW)).isPresent();
    }

    @Test
    void aStreamThatEndedTenMinutesAgoIsForgotten() {
        board.frameIn(SimulatedStreams.raw("a", 0, NOW, FRAME), 0, NOW);
        board.tick(NOW + 600_000);
        assertThat(board.stream("a", NOW)).isPresent();
        board.tick(NOW + 600_001);
        assertThat(board.stream("a", NOW)).isEmpty();
    }

    @Test
    void theStatusIsTheMostSevereCondition() {
        new SimulatedStreams(board, List.of("a"), 320).frame(NOW);
        assertThat(status(NOW + 10)).isEqualTo(StreamStatus.ENHANCED);
        board.event(SimulatedStreams.event("a", StreamEventKind.OVERLOADED, NOW), NOW);
        assertThat(status(NOW + 10)).isEqualTo(StreamStatus.OVERLOADED);
        board.event(SimulatedStreams.event("a", StreamEventKind.RECOVERED, NOW), NOW);
        assertThat(status(NOW + 4_000)).isEqualTo(StreamStatus.UNANSWERED);
        assertThat(status(NOW + 6_000)).isEqualTo(StreamStatus.IDLE);
        board.event(SimulatedStreams.event("a", StreamEventKind.CLOSED, NOW), NOW);
        assertThat(status(NOW + 10)).isEqualTo(StreamStatus.CLOSED);
    }

    @Test
    void aClientWithNewFramesAlsoGetsTheBackfilledMinute() {
        board.watch("a", NOW);
        sendAndAnswer("a", 100, NOW);
        AudioBlock live = board.audio("a", 0, AudioPosition.NOTHING, NOW);
        assertThat(live.frames()).hasSize(1);
        board.backfill(SimulatedStreams.enhanced("a", 99, NOW - 20, FRAME), NOW - 20);
        board.backfill(SimulatedStreams.raw("a", 99, NOW - 20, FRAME), NOW - 20);
        board.backfillEnded("a");
        assertThat(board.audio("a", 0, new AudioPosition(live.epoch(), 100, live.completed()), NOW)
                        .frames())
                .extracting(PairedFrame::sequence)
                .containsExactly(99L, 100L);
    }

    private void sendAndAnswer(String id, long sequence, long millis) {
        board.frameIn(SimulatedStreams.raw(id, sequence, millis, FRAME), 0, millis);
        board.frameOut(SimulatedStreams.enhanced(id, sequence, millis, FRAME), 0, millis);
    }

    @Test
    void theLevelOfAFrameCoversAllItsChannels() {
        byte[] left = ByteBuffer.allocate(640)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) -32768)
                .array();
        for (int i = 4; i < left.length; i++) {
            left[i] = left[i - 4];
        }
        AudioFrame frame = SimulatedStreams.raw("a", 0, NOW, left);
        frame.setChannels(2);
        board.frameIn(frame, 0, NOW);
        assertThat(board.streams(all(), NOW).rows().get(0).levelInDb()).isCloseTo(-3.01f, within(0.005f));
    }

    @Test
    void eachChannelHasItsOwnAudioAndEstimates() {
        board.watch("a", 0, NOW);
        board.watch("a", 1, NOW);
        ByteBuffer stereo = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        stereo.putShort((short) 1).putShort((short) -2).putShort((short) 3).putShort((short) -4);
        AudioFrame in = SimulatedStreams.raw("a", 0, NOW, stereo.array());
        in.setChannels(2);
        board.frameIn(in, 0, NOW);
        EnhancedFrame out = SimulatedStreams.enhanced("a", 0, NOW, stereo.array());
        out.setChannels(2);
        board.frameOut(out, 0, NOW);
        board.estimate(estimate(0, 5), NOW);
        board.estimate(estimate(1, 9), NOW);
        assertThat(board.audio("a", 0, AudioPosition.NOTHING, NOW)
                        .frames()
                        .get(0)
                        .before())
                .containsExactly(1, 3);
        assertThat(board.audio("a", 1, AudioPosition.NOTHING, NOW)
                        .frames()
                        .get(0)
                        .after())
                .containsExactly(-2, -4);
        StreamDetail second = board.stream("a", 1, NOW).orElseThrow();
        assertThat(second.row().channels()).isEqualTo(2);
        assertThat(second.sdr()).extracting(SdrTrack.Point::out).containsExactly(9f);
        assertThat(board.stream("a", NOW).orElseThrow().sdr())
                .extracting(SdrTrack.Point::out)
                .containsExactly(5f);
    }

    @Test
    void aVeryLongIdIsTruncated() {
        board.event(SimulatedStreams.event("x".repeat(10_240), StreamEventKind.GAP, NOW), NOW);
        assertThat(board.events(1).get(0).subject()).hasSize(513).endsWith("x\u2026");
    }

    @Test
    void anEstimateThatIsNotFiniteIsIgnored() {
        new SimulatedStreams(board, List.of("a"), 320).frame(NOW);
        board.estimate(estimate(0, Float.NaN), NOW);
        assertThat(board.stream("a", NOW).orElseThrow().sdr()).isEmpty();
        assertThat(board.tick(NOW).figures()).containsEntry("sdrOut", null);
    }

    private static SdrEstimate estimate(int channel, float outDb) {
        return SdrEstimate.newBuilder()
                .setStreamId("a")
                .setWindowStartMicros(1000 * NOW)
                .setWindowLengthMicros(1_000_000L)
                .setInputSdrDb(1)
                .setOutputSdrDb(outDb)
                .setOutputSdrLowDb(outDb - 1)
                .setOutputSdrHighDb(outDb + 1)
                .setChannel(channel)
                .build();
    }

    @Test
    void theListIsSearchedSortedAndPaged() {
        List<String> ids = IntStream.range(0, 300)
                .mapToObj(i -> String.format("call-%03d", i))
                .toList();
        new SimulatedStreams(board, ids, 320).frame(NOW);
        StreamPage page = board.streams(new StreamQuery("CALL-1", null, "id", true, 10, 5), NOW);
        assertThat(page.total()).isEqualTo(100);
        assertThat(page.all()).isEqualTo(300);
        assertThat(page.rows())
                .extracting(StreamRow::id)
                .containsExactly("call-189", "call-188", "call-187", "call-186", "call-185");
        assertThat(board.streams(new StreamQuery("", StreamStatus.DRY, "id", false, 0, 5), NOW)
                        .total())
                .isZero();
        assertThat(board.streams(new StreamQuery("", null, "id", false, 0, 1_000), NOW)
                        .rows())
                .hasSize(StreamQuery.MAX_ROWS);
        assertThat(board.streams(new StreamQuery("", null, "id", false, -1, -1), NOW)
                        .rows())
                .isEmpty();
    }

    @Test
    void aDeadLetterKeepsItsBeginningAndIsCountedByReason() {
        byte[] garbage = new byte[5_000];
        board.deadLetter(
                new DeadFrame(
                        "raw", 1, 42L, DeadReason.BROKEN, "<b>no</b>", ByteBuffer.wrap(garbage), 70_000, "ab", true, 3),
                "key",
                NOW);
        SeenDeadLetter letter = board.deadLetters("BROKEN", 10).get(0);
        assertThat(letter.bytes()).hasSize(SeenDeadLetter.MAX_BYTES);
        assertThat(letter.size()).isEqualTo(70_000);
        assertThat(board.deadLetters("NO_KEY", 10)).isEmpty();
        assertThat(board.tick(NOW).deadByReason()).containsEntry("BROKEN", 1L);
    }

    @Test
    void theStripShowsHowTheLastMinuteWasTreated() {
        SimulatedStreams streams = new SimulatedStreams(board, List.of("a"), 320);
        streams.frame(NOW - 59_000);
        streams.frame(NOW);
        StreamRow row = board.streams(all(), NOW).rows().get(0);
        assertThat(row.marks()).isEqualTo("e" + ".".repeat(58) + "e");
        assertThat(row.levels()).hasSize(60).startsWith("c").endsWith("c");
        assertThat(board.streams(all(), NOW + 60_000).rows().get(0).marks()).isEqualTo(".".repeat(60));
    }

    private StreamStatus status(long millis) {
        return board.stream("a", millis).orElseThrow().row().status();
    }

    private static StreamQuery all() {
        return new StreamQuery("", null, "id", false, 0, 10);
    }
}
