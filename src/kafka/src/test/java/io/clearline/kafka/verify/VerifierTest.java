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
package io.clearline.kafka.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.kafka.DeliveryMode;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
    private static final int FRAMES = 20;
    private static final int BYTES = 320;
    private static final long CALL_MICROS = 60_000_000;

    private final WireCodec<AudioFrame> inputCodec = WireCodec.audioFrame();
    private final WireCodec<EnhancedFrame> outputCodec = WireCodec.enhancedFrame();
    private final List<EnhancedFrame> output = new ArrayList<>(outputOf("a", 7));

    @TempDir
    private Path folder;

    @Test
    void outputThatIsCompleteAndInOrderHasNoIssues() {
        VerifyReport report = verify(DeliveryMode.REPLAY);

        assertThat(report.issues()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(report.frames()).isEqualTo(FRAMES);
        assertThat(report.framesOut()).isEqualTo(FRAMES);
        assertThat(report.samplesOut()).isEqualTo(FRAMES * BYTES / 2);
    }

    @Test
    void aDroppedFrameIsLost() {
        output.remove(11);

        assertThat(verify(DeliveryMode.REPLAY).issues()).containsExactly(issue(IssueKind.LOST, 11));
    }

    @Test
    void aDoubledFrameIsReportedInReplay() {
        output.add(13, output.get(12));

        VerifyReport report = verify(DeliveryMode.REPLAY);

        assertThat(report.issues()).containsExactly(issue(IssueKind.DOUBLED, 12));
        assertThat(report.repeats()).isEqualTo(1);
    }

    @Test
    void aRepeatWithTheSameBytesIsNoIssueInLive() {
        output.addAll(10, output.subList(5, 10));

        VerifyReport report = verify(DeliveryMode.LIVE);

        assertThat(report.issues()).isEmpty();
        assertThat(report.repeats()).isEqualTo(5);
    }

    @Test
    void aRepeatWithOtherBytesIsReportedInLive() {
        output.add(10, altered(output.get(9)));

        assertThat(verify(DeliveryMode.LIVE).issues()).containsExactly(issue(IssueKind.REPEAT_DIFFERS, 9));
    }

    @Test
    void aFrameThatComesAfterItsFollowerIsOutOfOrder() {
        Collections.swap(output, 4, 5);

        assertThat(verify(DeliveryMode.LIVE).issues()).containsExactly(issue(IssueKind.OUT_OF_ORDER, 4));
    }

    @Test
    void aFrameOfAnotherLengthIsReported() {
        output.get(3).setPayload(ByteBuffer.allocate(BYTES - 2));

        assertThat(verify(DeliveryMode.REPLAY).issues()).containsExactly(issue(IssueKind.SAMPLE_COUNT, 3));
    }

    @Test
    void anOutputFrameWithoutInputIsUnexpected() {
        EnhancedFrame frame = altered(output.get(FRAMES - 1));
        frame.setSequence(FRAMES);
        output.add(frame);

        assertThat(verify(DeliveryMode.REPLAY).issues()).containsExactly(issue(IssueKind.UNEXPECTED, FRAMES));
    }

    @Test
    void aConcealedFrameInAGapOfTheInputIsNoIssue() {
        List<AudioFrame> input = inputOf("a");
        input.remove(6);
        output.get(6).setConcealed(true);

        VerifyReport report = verify(DeliveryMode.REPLAY, input, Map.of());

        assertThat(report.issues()).isEmpty();
        assertThat(report.concealed()).isEqualTo(1);
    }

    @Test
    void anAlteredFrameIsFoundByComparisonWithAnotherRun() throws Exception {
        Path quiet = folder.resolve("quiet.json");
        verify(DeliveryMode.REPLAY).write(quiet);
        output.set(17, altered(output.get(17)));

        VerifyReport report = verify(
                DeliveryMode.REPLAY, inputOf("a"), VerifyReport.read(quiet).results());

        assertThat(report.issues()).extracting(Issue::kind).containsExactly(IssueKind.HASH_MISMATCH, IssueKind.ALTERED);
        assertThat(report.issues().get(1)).isEqualTo(issue(IssueKind.ALTERED, 17));
    }

    @Test
    void theSameFramesHaveTheHashOfTheOtherRunWhateverWasRepeated() {
        Map<String, StreamResult> quiet = verify(DeliveryMode.REPLAY).results();
        output.addAll(15, output.subList(10, 15));

        assertThat(verify(DeliveryMode.LIVE, inputOf("a"), quiet).issues()).isEmpty();
    }

    @Test
    void aMissingStreamIsLostAndDiffers() {
        Map<String, StreamResult> quiet = verify(DeliveryMode.REPLAY).results();
        output.clear();

        VerifyReport report = verify(DeliveryMode.REPLAY, inputOf("a"), quiet);

        assertThat(report.lost()).isEqualTo(FRAMES);
        assertThat(report.hashMismatches()).isEqualTo(1);
    }

    @Test
    void bytesThatAreNoFrameAreCountedInTheInputAndReportedInTheOutput() {
        Verifier verifier = new Verifier(DeliveryMode.REPLAY);
        verifier.input(null, new byte[] {1, 2, 3});
        verifier.output(new byte[] {1, 2, 3});

        VerifyReport report = verifier.finish();

        assertThat(report.undecodable()).isEqualTo(1);
        assertThat(report.unreadable()).isEqualTo(1);
    }

    @Test
    void inputFramesWithoutOutputAreMissing() {
        Verifier verifier = new Verifier(DeliveryMode.REPLAY);
        inputOf("a").forEach(frame -> input(verifier, frame));
        output.subList(0, 5).forEach(frame -> verifier.output(outputCodec.encode(frame)));

        assertThat(verifier.missing()).isEqualTo(FRAMES - 5);
    }

    @Test
    void aSecondCallUnderTheSameIdIsComparedWithItsOwnFrames() {
        List<AudioFrame> input = inputOf("a");
        inputOf("a").forEach(frame -> input.add(later(frame)));
        output.forEach(frame -> frame.setSession("0-0"));
        for (EnhancedFrame frame : outputOf("a", 8)) {
            frame.setCaptureTimeMicros(frame.getCaptureTimeMicros() + CALL_MICROS);
            frame.setSession(CALL_MICROS + "-0");
            output.add(frame);
        }
        output.remove(FRAMES + 3);

        VerifyReport report = verify(DeliveryMode.REPLAY, input, Map.of());

        assertThat(report.frames()).isEqualTo(2 * FRAMES);
        assertThat(report.issues())
                .containsExactly(
                        new Issue(IssueKind.LOST, "a session " + CALL_MICROS + "-0", 3, "went in and never came out"));
        assertThat(report.results()).containsOnlyKeys("a", "a session " + CALL_MICROS + "-0");
    }

    @Test
    void sessionsThatTheSenderNamesMayUseTheSameNumbersAndTimes() {
        List<AudioFrame> input = inputOf("a");
        input.forEach(frame -> frame.setSession("one"));
        for (AudioFrame frame : inputOf("a")) {
            frame.setSession("two");
            input.add(frame);
        }
        output.forEach(frame -> frame.setSession("one"));
        for (EnhancedFrame frame : outputOf("a", 8)) {
            frame.setSession("two");
            output.add(frame);
        }

        VerifyReport report = verify(DeliveryMode.REPLAY, input, Map.of());

        assertThat(report.issues()).isEmpty();
        assertThat(report.framesOut()).isEqualTo(2 * FRAMES);
    }

    @Test
    void oneFarSequenceIsOneIssueOfItsStream() {
        List<AudioFrame> input = inputOf("a");
        AudioFrame far = inputOf("a").get(0);
        far.setSequence(1L << 40);
        far.setCaptureTimeMicros(20_000L * FRAMES);
        input.add(far);

        VerifyReport report = verify(DeliveryMode.REPLAY, input, Map.of());

        assertThat(report.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.kind()).isEqualTo(IssueKind.LOST);
            assertThat(issue.stream()).startsWith("a session");
            assertThat(issue.sequence()).isEqualTo(1L << 40);
        });
        assertThat(report.framesOut()).isEqualTo(FRAMES);
    }

    @Test
    void oneFarSequenceOfANamedSessionIsOneIssueOfItsStream() {
        List<AudioFrame> input = inputOf("a");
        AudioFrame far = inputOf("a").get(0);
        far.setSequence(1L << 40);
        input.add(far);
        input.forEach(frame -> frame.setSession("call"));
        output.forEach(frame -> frame.setSession("call"));

        VerifyReport report = verify(DeliveryMode.REPLAY, input, Map.of());

        assertThat(report.issues()).singleElement().satisfies(issue -> assertThat(issue.sequence())
                .isEqualTo(1L << 40));
        assertThat(report.framesOut()).isEqualTo(FRAMES);
    }

    @Test
    void theSameFarSequenceInTwoSessionsIsLostInEach() {
        List<AudioFrame> input = new ArrayList<>();
        for (String session : List.of("call", "next call")) {
            AudioFrame frame = inputOf("a").get(0);
            frame.setSession(session);
            input.add(frame);
        }
        for (String session : List.of("call", "next call")) {
            AudioFrame frame = inputOf("a").get(0);
            frame.setSession(session);
            frame.setSequence(1L << 40);
            input.add(frame);
        }
        Verifier verifier = new Verifier(DeliveryMode.REPLAY);
        input.forEach(frame -> input(verifier, frame));

        assertThat(verifier.finish().issues().stream()
                        .filter(issue -> issue.kind() == IssueKind.LOST && issue.sequence() == 1L << 40))
                .extracting(Issue::stream)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void framesThatTheJobMustRefuseAreCountedAndNotLost() {
        Verifier verifier = new Verifier(DeliveryMode.LIVE);
        AudioFrame farthest = inputOf("b").get(0);
        farthest.setSequence(Long.MAX_VALUE);
        input(verifier, farthest);
        AudioFrame underAnotherKey = inputOf("c").get(0);
        verifier.input("d".getBytes(StandardCharsets.UTF_8), inputCodec.encode(underAnotherKey));
        verifier.input(null, inputCodec.encode(underAnotherKey));
        verifier.input("c".getBytes(StandardCharsets.UTF_8), null);

        VerifyReport report = verifier.finish();

        assertThat(report.issues()).isEmpty();
        assertThat(report.undecodable()).isEqualTo(3);
    }

    private void input(Verifier verifier, AudioFrame frame) {
        verifier.input(frame.getStreamId().getBytes(StandardCharsets.UTF_8), inputCodec.encode(frame));
    }

    private static AudioFrame later(AudioFrame frame) {
        frame.setCaptureTimeMicros(frame.getCaptureTimeMicros() + CALL_MICROS);
        return frame;
    }

    private VerifyReport verify(DeliveryMode mode) {
        return verify(mode, inputOf("a"), Map.of());
    }

    /** Passes half of the output before the input, and the other half after it. */
    private VerifyReport verify(DeliveryMode mode, List<AudioFrame> input, Map<String, StreamResult> expected) {
        Verifier verifier = new Verifier(mode);
        int half = output.size() / 2;
        output.subList(0, half).forEach(frame -> verifier.output(outputCodec.encode(frame)));
        input.forEach(frame -> input(verifier, frame));
        output.subList(half, output.size()).forEach(frame -> verifier.output(outputCodec.encode(frame)));
        return verifier.finish(expected);
    }

    private static Issue issue(IssueKind kind, long sequence) {
        String detail =
                switch (kind) {
                    case LOST -> "went in and never came out";
                    case DOUBLED -> "came more than once";
                    case REPEAT_DIFFERS -> "came again with other bytes";
                    case OUT_OF_ORDER -> "came after frame " + (sequence + 1);
                    case SAMPLE_COUNT -> BYTES / 2 + " samples went in, " + (BYTES / 2 - 1) + " came out";
                    case UNEXPECTED -> "came out and never went in";
                    case ALTERED -> "has other bytes than in the run compared with";
                    default -> throw new IllegalArgumentException(kind.name());
                };
        return new Issue(kind, "a", sequence, detail);
    }

    private static List<AudioFrame> inputOf(String stream) {
        List<AudioFrame> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            frames.add(AudioFrame.newBuilder()
                    .setStreamId(stream)
                    .setSequence(i)
                    .setCaptureTimeMicros(20_000L * i)
                    .setSampleRateHz(8000)
                    .setEncoding(AudioEncoding.PCM_S16LE)
                    .setPayload(ByteBuffer.allocate(BYTES))
                    .setLastOfStream(i == FRAMES - 1)
                    .build());
        }
        return frames;
    }

    private static List<EnhancedFrame> outputOf(String stream, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<EnhancedFrame> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            byte[] payload = new byte[BYTES];
            random.nextBytes(payload);
            frames.add(EnhancedFrame.newBuilder()
                    .setStreamId(stream)
                    .setSequence(i)
                    .setCaptureTimeMicros(20_000L * i)
                    .setSampleRateHz(8000)
                    .setEncoding(AudioEncoding.PCM_S16LE)
                    .setPayload(ByteBuffer.wrap(payload))
                    .build());
        }
        return frames;
    }

    /** Returns a copy of the frame with one bit of its samples flipped. */
    private EnhancedFrame altered(EnhancedFrame frame) {
        try {
            EnhancedFrame copy = outputCodec.decode(outputCodec.encode(frame), null);
            byte[] payload = frame.getPayload().array().clone();
            payload[40] ^= 1;
            copy.setPayload(ByteBuffer.wrap(payload));
            return copy;
        } catch (WireFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
