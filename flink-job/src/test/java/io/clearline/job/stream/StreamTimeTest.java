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
import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Generates the table in TIME.md: the result of silence suppression and of clocks of every kind. */
class StreamTimeTest {
    private static final CommittedText DOCUMENT =
            CommittedText.at("flink-job/TIME.md", "flink-job", StreamTimeTest.class);
    private static final long SECOND = 1_000_000;
    private static final long START = 7_200 * SECOND;
    private static final List<StreamFrame> VOICE = Frames.noise("a", 16_000, 4, 1);

    private final StringBuilder table =
            new StringBuilder("| 50 frames of 20 ms, then | events between OPENED and CLOSED |"
                    + " sessions | frames in | frames out | of them concealed |\n|---|---|---|---|---|---|\n");

    @Test
    void theDocumentTellsWhatEachKindOfTimeGives() throws IOException {
        row("50 more, at once", spurt(50, START + SECOND));
        row("5 s of silence in capture time, numbers go on", spurt(50, START + 6 * SECOND));
        row("5 s of silence in capture time and numbers", spurt(300, START + 6 * SECOND));
        row("numbers jump by 250, capture time goes on", spurt(300, START + SECOND));
        row("numbers jump by 100, capture time by 9 s", spurt(150, START + 10 * SECOND));
        row("20 s of silence in capture time and numbers", spurt(1_050, START + 21 * SECOND));
        row("numbers and capture time go on, two frames late by three", swapped());
        row("capture time 0 in every frame", changed(frame -> frame.captureTimeMicros = 0));
        row(
                "five frames each with one capture time",
                changed(frame -> frame.captureTimeMicros = START + frame.sequence / 5 * 100_000));
        row("one capture time in the year 2096", changed(frame -> {
            if (frame.sequence == 60) {
                frame.captureTimeMicros = 4_000_000_000L * SECOND;
            }
        }));
        row("the clock goes back by an hour, numbers go on", spurt(50, START + SECOND - 3_600 * SECOND));
        row("the sender begins again at 0", spurt(0, START + SECOND));
        row("the sender begins again at 0, its clock an hour back", spurt(0, START + SECOND - 3_600 * SECOND));
        row("one frame numbered 2^40, then as before", farFrame());
        row("50 frames that came before, then as before", sentAgain());
        DOCUMENT.partMustBe("stream-time", table.toString());
    }

    private static List<StreamFrame> talk() {
        return numbered(VOICE.subList(0, 50), 0, START);
    }

    private static List<StreamFrame> spurt(long firstSequence, long firstMicros) {
        List<StreamFrame> frames = talk();
        frames.addAll(numbered(VOICE.subList(50, 100), firstSequence, firstMicros));
        return frames;
    }

    private static List<StreamFrame> changed(Consumer<StreamFrame> change) {
        List<StreamFrame> frames = spurt(50, START + SECOND);
        frames.forEach(change);
        return frames;
    }

    private static List<StreamFrame> swapped() {
        List<StreamFrame> frames = spurt(50, START + SECOND);
        frames.add(63, frames.remove(60));
        frames.add(83, frames.remove(80));
        return frames;
    }

    private static List<StreamFrame> farFrame() {
        List<StreamFrame> frames = spurt(50, START + SECOND);
        frames.add(50, numbered(VOICE.subList(0, 1), 1L << 40, START + SECOND).get(0));
        return frames;
    }

    private static List<StreamFrame> sentAgain() {
        List<StreamFrame> frames = spurt(50, START + SECOND);
        frames.addAll(50, talk());
        return frames;
    }

    private void row(String what, List<StreamFrame> frames) {
        StreamPlayer player = new StreamPlayer().play(frames).close();
        requireThatWhatCameOutWentIn(what, player.sink, frames);
        List<StreamEventKind> kinds = player.sink.kinds();
        long concealed = player.sink.frames.stream()
                .filter(RecordingSink.Frame::concealed)
                .count();
        table.append(String.format(
                "| %s | %s | %d | %d | %d | %d |\n",
                what,
                counted(kinds.subList(1, kinds.size() - 1)),
                player.sink.sequencesBySession().size(),
                frames.size(),
                player.sink.frames.size(),
                concealed));
    }

    /** Checks that every output frame that is not concealed has identity, time and length of an input frame. */
    private static void requireThatWhatCameOutWentIn(String what, RecordingSink sink, List<StreamFrame> frames) {
        List<String> in = frames.stream()
                .map(frame -> frame.sequence + "@" + frame.captureTimeMicros + ":" + frame.samples())
                .distinct()
                .toList();
        List<String> out = sink.frames.stream()
                .filter(frame -> !frame.concealed())
                .map(frame -> frame.sequence() + "@" + frame.captureTimeMicros() + ":" + frame.samples())
                .toList();
        assertThat(out).as(what).doesNotHaveDuplicates().isSubsetOf(in);
        assertThat(out.size()).as(what).isGreaterThanOrEqualTo(in.size() - 1);
    }

    private static String counted(List<StreamEventKind> kinds) {
        List<String> names = new ArrayList<>();
        kinds.stream()
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()))
                .forEach((kind, count) -> names.add(count == 1 ? kind.name() : count + " " + kind));
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
