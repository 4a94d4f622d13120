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
import static io.clearline.job.stream.Frames.ofSession;
import static io.clearline.schemas.StreamEventKind.CLOSED;
import static io.clearline.schemas.StreamEventKind.LATE;
import static io.clearline.schemas.StreamEventKind.OPENED;
import static io.clearline.schemas.StreamEventKind.RESET;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.schemas.frame.StreamFrame;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which session a frame belongs to, with and without a session that the sender names. */
class SessionTest {
    private static final long START = 1_000_000;
    private static final List<StreamFrame> VOICE = numbered(Frames.noise("a", 16_000, 1, 1), 0, START);
    private static final List<StreamFrame> OTHER = numbered(Frames.noise("a", 16_000, 1, 2), 0, START);

    private final StreamPlayer player = new StreamPlayer();

    @Test
    void aSessionWithoutANameIsNamedByItsFirstFrame() {
        player.play(numbered(VOICE, 7, 123_456_789)).close();
        assertThat(player.sink.sequencesBySession()).containsOnlyKeys("123456789-7");
    }

    @Test
    void anotherSessionEndsTheOneBeforeAndItsTailComesOut() {
        player.play(ofSession("one", VOICE)).play(ofSession("two", OTHER)).close();
        assertThat(player.sink.sequencesBySession())
                .containsEntry("one", range(VOICE.size()))
                .containsEntry("two", range(OTHER.size()));
        assertThat(player.sink.kinds()).containsExactly(OPENED, CLOSED, OPENED, CLOSED);
        assertThat(player.sink.sessions).containsExactly("one", "one", "two", "two");
        assertThat(player.payloads("two"))
                .isEqualTo(new StreamPlayer().play(OTHER).close().payloads());
    }

    @Test
    void aFrameOfASessionThatIsOverIsLate() {
        player.play(ofSession("one", VOICE.subList(0, 40)))
                .play(ofSession("two", OTHER.subList(0, 20)))
                .play(ofSession("one", VOICE.subList(40, 41)))
                .play(ofSession("two", OTHER.subList(20, 40)))
                .close();
        assertThat(player.sink.sequencesBySession())
                .containsEntry("one", range(40))
                .containsEntry("two", range(40));
        assertThat(player.sink.kinds()).containsExactly(OPENED, CLOSED, OPENED, LATE, CLOSED);
    }

    @Test
    void aCallThatIsSentAgainIsAnotherSession() {
        player.play(Frames.noise("a", 16_000, 1, 1)).play(Frames.later(Frames.noise("a", 16_000, 1, 1), 60_000_000));
        assertThat(player.sink.sequencesBySession().values()).containsExactly(range(50), range(50));
        assertThat(player.sink.kinds()).containsExactly(OPENED, CLOSED, OPENED, CLOSED);
    }

    @Test
    void framesWithoutASessionBelongToTheOneThatGoesOn() {
        player.play(ofSession("one", VOICE.subList(0, 20)))
                .play(VOICE.subList(20, 50))
                .close();
        assertThat(player.sink.sequencesBySession()).containsExactly(Map.entry("one", range(50)));
    }

    @Test
    void anIdleStreamGoesOnInItsSession() {
        player.play(VOICE.subList(0, 25)).close().play(VOICE.subList(25, 50)).close();
        assertThat(player.sink.sequencesBySession().values()).containsExactly(range(50));
        assertThat(player.sink.kinds()).containsExactly(OPENED, CLOSED, OPENED, CLOSED);
    }

    @Test
    void aRestartWithinASessionThatTheSenderNamedStaysInIt() {
        player.play(ofSession("one", VOICE))
                .play(ofSession("one", numbered(OTHER, 0, START + 60_000_000)))
                .close();
        assertThat(player.sink.sequencesBySession()).containsOnlyKeys("one");
        assertThat(player.sink.kinds()).containsExactly(OPENED, RESET, CLOSED);
    }

    private static List<Long> range(int frames) {
        return LongStream.range(0, frames).boxed().toList();
    }
}
