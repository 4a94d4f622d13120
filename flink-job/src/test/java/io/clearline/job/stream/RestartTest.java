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
package io.clearline.job.stream;

import static io.clearline.job.stream.Frames.numbered;
import static io.clearline.schemas.StreamEventKind.CLOSED;
import static io.clearline.schemas.StreamEventKind.DUPLICATE;
import static io.clearline.schemas.StreamEventKind.GAP;
import static io.clearline.schemas.StreamEventKind.LATE;
import static io.clearline.schemas.StreamEventKind.OPENED;
import static io.clearline.schemas.StreamEventKind.RESET;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.schemas.frame.StreamFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Senders that restart, with any clock, and frames that only look like a restart. */
class RestartTest {
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long START = 2 * HOUR_MICROS;
    private static final List<StreamFrame> VOICE = Frames.noise("a", 16_000, 4, 1);
    private static final List<StreamFrame> OTHER = Frames.noise("a", 16_000, 4, 2);

    private final StreamPlayer player = new StreamPlayer();

    @Test
    void framesThatWaitWhenTheSenderBeginsAgainComeOutBeforeIt() {
        List<StreamFrame> first = numbered(VOICE.subList(0, 103), 0, START);
        first.remove(100);
        List<StreamFrame> second = numbered(OTHER.subList(0, 130), 0, START + 110 * 20_000);

        player.play(first).play(second).close();

        assertThat(player.sink.sequencesBySession().values()).containsExactly(range(0, 103), range(0, 130));
        assertThat(player.sink.kinds()).containsExactly(OPENED, GAP, RESET, CLOSED);
        assertThat(payloadsOfLastSession())
                .isEqualTo(new StreamPlayer().play(second).close().payloads());
    }

    @Test
    void aSenderThatBeginsAgainWithItsClockAnHourBackLosesNoFrame() {
        player.play(numbered(VOICE.subList(0, 100), 0, START))
                .play(numbered(OTHER.subList(0, 130), 0, START - HOUR_MICROS))
                .close();
        assertThat(player.sink.sequencesBySession().values()).containsExactly(range(0, 100), range(0, 130));
        assertThat(player.sink.kinds()).containsExactly(OPENED, RESET, CLOSED);
    }

    @Test
    void aSenderThatBeginsAgainSoonWithItsClockBackLosesNoFrame() {
        // All of its sequence numbers are among the remembered ones.
        player.play(numbered(VOICE.subList(0, 30), 0, START))
                .play(numbered(OTHER.subList(0, 30), 0, START - HOUR_MICROS))
                .close();
        assertThat(player.sink.sequencesBySession().values()).containsExactly(range(0, 30), range(0, 30));
    }

    @Test
    void aFrameFromTheFarFutureIsDroppedWhenTheStreamGoesOn() {
        List<StreamFrame> frames = numbered(VOICE.subList(0, 100), 0, START);
        StreamFrame far =
                numbered(OTHER.subList(0, 1), 1L << 40, START + 50 * 20_000).get(0);
        player.play(frames.subList(0, 50))
                .play(far)
                .play(frames.subList(50, 100))
                .close();
        assertThat(player.sink.sequences()).isEqualTo(range(0, 100));
        assertThat(player.sink.kinds()).containsExactly(OPENED, LATE, CLOSED);
    }

    @Test
    void aStreamThatWasLedAwayByThreeFarFramesComesBackWithoutLoss() {
        List<StreamFrame> frames = numbered(VOICE.subList(0, 100), 0, START);
        player.play(frames.subList(0, 50))
                .play(numbered(OTHER.subList(0, 3), 1L << 40, START + HOUR_MICROS))
                .play(frames.subList(50, 100))
                .close();
        assertThat(player.sink.sequencesBySession().values())
                .containsExactly(range(0, 50), range(1L << 40, (1L << 40) + 3), range(50, 100));
    }

    @Test
    void framesThatAreSentAgainAreNoRestart() {
        List<StreamFrame> frames = numbered(VOICE.subList(0, 190), 0, START);
        player.play(frames.subList(0, 150))
                .play(frames.subList(0, 150))
                .play(frames.subList(150, 190))
                .close();
        assertThat(player.sink.sequences()).isEqualTo(range(0, 190));
        assertThat(player.sink.kinds()).doesNotContain(RESET).contains(LATE, DUPLICATE);
    }

    @Test
    void framesThatAreSentAgainAfterASilenceAreNoRestart() {
        List<StreamFrame> frames = numbered(VOICE.subList(0, 100), 0, START);
        frames.addAll(numbered(VOICE.subList(100, 190), 100, START + 10_000_000));
        player.play(frames).play(frames.subList(20, 160)).close();
        assertThat(player.sink.sequences()).isEqualTo(range(0, 190));
        assertThat(player.sink.kinds()).doesNotContain(RESET);
    }

    @Test
    void numbersThatWrapAtSixteenBitsGoOnAsAnewSession() {
        player.play(numbered(VOICE.subList(0, 20), 65_516, START))
                .play(numbered(VOICE.subList(20, 40), 0, START + 20 * 20_000))
                .close();
        assertThat(player.sink.sequencesBySession().values()).containsExactly(range(65_516, 65_536), range(0, 20));
    }

    @Test
    void aFrameThatIsOvertakenByTheWrapIsDroppedAndSaidToBe() {
        List<StreamFrame> frames = new ArrayList<>(numbered(VOICE.subList(0, 20), 65_516, START));
        frames.addAll(numbered(VOICE.subList(20, 40), 0, START + 20 * 20_000));
        StreamFrame last = frames.remove(19);
        frames.add(20, last);
        player.play(frames).close();
        assertThat(player.sink.sequencesBySession().values()).containsExactly(range(65_516, 65_535), range(0, 20));
        assertThat(player.sink.kinds()).containsExactly(OPENED, RESET, LATE, CLOSED);
    }

    @Test
    void twoStrayFramesAtTheEndAreNotLost() {
        player.play(numbered(VOICE.subList(0, 50), 0, START))
                .play(numbered(OTHER.subList(0, 2), 0, START - HOUR_MICROS))
                .close();
        assertThat(player.sink.sequencesBySession().values()).containsExactly(range(0, 50), range(0, 2));
    }

    private List<String> payloadsOfLastSession() {
        String last = player.sink.frames.get(player.sink.frames.size() - 1).session();
        return player.payloads(last);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
