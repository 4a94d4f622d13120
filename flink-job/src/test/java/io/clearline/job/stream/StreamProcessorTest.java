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

import static io.clearline.schemas.StreamEventKind.CLOSED;
import static io.clearline.schemas.StreamEventKind.DUPLICATE;
import static io.clearline.schemas.StreamEventKind.GAP;
import static io.clearline.schemas.StreamEventKind.LATE;
import static io.clearline.schemas.StreamEventKind.MODEL_CHANGED;
import static io.clearline.schemas.StreamEventKind.OPENED;
import static io.clearline.schemas.StreamEventKind.RESET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.FrameCutter;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamProcessorTest {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));
    private static final StreamRules DRY = new StreamRules(3, StreamRules.NO_TIMEOUT, 10_000, 1_000, 0f, 0f, true);

    private final RecordingSink sink = new RecordingSink();

    @Test
    void givesOneFrameForEachWithTheSameIdentityTimingAndLength() {
        List<StreamFrame> frames = frames("a", 16_000, 1.0, AudioEncoding.PCM_S16LE);
        play(frames, StreamRules.DEFAULT, 32);
        assertThat(sink.frames).hasSameSizeAs(frames);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(sink.frames.get(i).sequence()).isEqualTo(frames.get(i).sequence);
            assertThat(sink.frames.get(i).captureTimeMicros()).isEqualTo(frames.get(i).captureTimeMicros);
            assertThat(sink.frames.get(i).samples()).isEqualTo(frames.get(i).samples());
            assertThat(sink.frames.get(i).lastOfStream()).isEqualTo(i == frames.size() - 1);
        }
        assertThat(sink.kinds()).containsExactly(OPENED, CLOSED);
    }

    @Test
    void aDryStreamComesOutAsItWentInToTheLastBit() {
        List<StreamFrame> frames = frames("a", 16_000, 0.7, AudioEncoding.PCM_S16LE);
        play(frames, DRY, 32);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(sink.frames.get(i).payload()).isEqualTo(FrameCutter.payload(frames.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 24_000, 44_100, 48_000})
    void aStreamOfAnotherRateStaysAligned(int sampleRateHz) {
        AudioClip clip = new AudioClip(Signals.sine(sampleRateHz, 500, sampleRateHz, 0.5), sampleRateHz);
        play(frames("a", clip, AudioEncoding.PCM_S16LE), DRY, 32);
        float[] out = sink.samples("a");
        assertThat(out).hasSameSizeAs(clip.samples());
        // A shift of one sample of a 500 Hz tone at half scale would be an error of 0.2 at 8 kHz and 0.03 at 48 kHz.
        for (int i = sampleRateHz / 50; i < out.length - sampleRateHz / 50; i++) {
            assertThat(out[i]).isCloseTo(clip.samples()[i], within(0.01f));
        }
    }

    @ParameterizedTest
    @CsvSource({"PCM_S16LE, 16000", "PCMU, 8000", "PCMA, 8000", "PCM_S16LE, 8000"})
    void aFramesSamplesDoNotDependOnItsCompanyOrTheBatchWidth(AudioEncoding encoding, int sampleRateHz) {
        List<List<StreamFrame>> streams = IntStream.range(0, 5)
                .mapToObj(i -> frames("s" + i, noise(i, sampleRateHz, 0.5 + 0.1 * i), encoding))
                .toList();
        streams.forEach(frames -> play(frames, StreamRules.DEFAULT, 1));

        RecordingSink together = new RecordingSink();
        StreamProcessor processor = processor(StreamRules.DEFAULT, 32, together);
        List<StreamState> states =
                IntStream.range(0, 5).mapToObj(i -> new StreamState("s" + i)).toList();
        for (int n = 0; n < 60; n++) {
            for (int i = 0; i < 5; i++) {
                if (n < streams.get(i).size()) {
                    processor.accept(states.get(i), streams.get(i).get(n));
                }
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(together.samples("s" + i)).isEqualTo(sink.samples("s" + i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void aGapIsConcealedFrameByFrameAndShiftsNothing(int missing) {
        List<StreamFrame> frames = frames("a", 16_000, 4.0, AudioEncoding.PCM_S16LE);
        frames.subList(20, 20 + missing).clear();
        play(frames, StreamRules.DEFAULT, 32);
        assertThat(sink.sequences()).isEqualTo(LongStream.range(0, 200).boxed().toList());
        assertThat(sink.events).contains(new RecordingSink.Event("a", GAP, 20, missing));
        assertThat(sink.frames.stream().filter(RecordingSink.Frame::concealed)).hasSize(missing);
        for (int i = 0; i < 200; i++) {
            assertThat(sink.frames.get(i).captureTimeMicros()).isEqualTo(20_000L * i);
        }
    }

    @Test
    void afterAGapTooLongToConcealTheStreamIsReset() {
        List<StreamFrame> frames = frames("a", 16_000, 2.0, AudioEncoding.PCM_S16LE);
        for (StreamFrame frame : frames.subList(50, 100)) {
            frame.sequence += 1_000_000_000L;
        }
        play(frames, StreamRules.DEFAULT, 32);
        assertThat(sink.kinds()).containsExactly(OPENED, RESET, CLOSED);
        assertThat(sink.frames).hasSize(100);
    }

    @Test
    void framesThatSwappedPlacesAreSortedAgain() {
        List<StreamFrame> frames = frames("a", 16_000, 1.0, AudioEncoding.PCM_S16LE);
        play(frames, StreamRules.DEFAULT, 32);
        RecordingSink inOrder = new RecordingSink();
        Collections.swap(frames, 10, 11);
        Collections.swap(frames, 20, 22);
        playTo(inOrder, frames, StreamRules.DEFAULT, 32);
        assertThat(inOrder.samples("a")).isEqualTo(sink.samples("a"));
        assertThat(inOrder.kinds()).containsExactly(OPENED, CLOSED);
    }

    @Test
    void aFrameThatCameBeforeIsADuplicateAndOneWhosePlaceWasConcealedIsLate() {
        List<StreamFrame> frames = frames("a", 16_000, 1.0, AudioEncoding.PCM_S16LE);
        StreamFrame overtaken = frames.remove(10);
        frames.add(30, overtaken);
        frames.add(40, copy(frames.get(39)));
        play(frames, StreamRules.DEFAULT, 32);
        assertThat(sink.kinds()).containsExactly(OPENED, GAP, LATE, DUPLICATE, CLOSED);
        assertThat(sink.frames).hasSize(50);
    }

    @Test
    void aSenderThatStartsAnewResetsTheStream() {
        List<StreamFrame> frames = frames("a", 16_000, 0.5, AudioEncoding.PCM_S16LE);
        frames.remove(frames.size() - 1);
        List<StreamFrame> anew = frames("a", 16_000, 0.5, AudioEncoding.PCM_S16LE);
        anew.forEach(frame -> frame.captureTimeMicros += 60_000_000L);
        frames.addAll(anew);
        play(frames, StreamRules.DEFAULT, 32);
        assertThat(sink.kinds()).containsExactly(OPENED, RESET, CLOSED);
        assertThat(sink.frames).hasSize(frames.size());
    }

    @Test
    void aRepeatedLastFrameDoesNotOpenTheStreamAgainButALaterFrameDoes() {
        List<StreamFrame> frames = frames("a", 16_000, 0.5, AudioEncoding.PCM_S16LE);
        frames.add(copy(frames.get(frames.size() - 1)));
        StreamFrame later = copy(frames.get(0));
        later.captureTimeMicros += 60_000_000L;
        frames.add(later);
        play(frames, StreamRules.DEFAULT, 32);
        assertThat(sink.kinds()).containsExactly(OPENED, CLOSED, DUPLICATE, OPENED);
    }

    @Test
    void aChangedSampleRateDrainsTheOldSignalAndResetsTheStream() {
        List<StreamFrame> frames = frames("a", 16_000, 0.5, AudioEncoding.PCM_S16LE);
        frames.remove(frames.size() - 1);
        List<StreamFrame> other = frames("a", 8_000, 0.5, AudioEncoding.PCM_S16LE);
        for (StreamFrame frame : other) {
            frame.sequence += frames.size();
            frame.captureTimeMicros += 480_000;
        }
        frames.addAll(other);
        play(frames, StreamRules.DEFAULT, 32);
        assertThat(sink.kinds()).containsExactly(OPENED, RESET, CLOSED);
        assertThat(sink.sequences())
                .isEqualTo(LongStream.range(0, frames.size()).boxed().toList());
    }

    @Test
    void aStreamThatNeverEndsGivesItsTailWhenItIsClosed() {
        List<StreamFrame> frames = frames("a", 16_000, 0.5, AudioEncoding.PCM_S16LE);
        frames.remove(frames.size() - 1);
        StreamProcessor processor = processor(StreamRules.DEFAULT, 32, sink);
        StreamState state = new StreamState("a");
        frames.forEach(frame -> processor.accept(state, frame));
        processor.close(state, "idle");
        assertThat(sink.frames).hasSameSizeAs(frames);
        assertThat(state.isOpen()).isFalse();
    }

    @Test
    void aLastFrameWithoutSamplesIsAnsweredByOne() {
        List<StreamFrame> frames = frames("a", 16_000, 0.5, AudioEncoding.PCM_S16LE);
        frames.get(frames.size() - 1).payloadLength = 0;
        play(frames, StreamRules.DEFAULT, 32);
        assertThat(sink.frames.get(frames.size() - 1).payload()).isEmpty();
        assertThat(sink.frames.get(frames.size() - 1).lastOfStream()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 8_000, 48_000})
    void aStreamThatIsStoredAndRestoredAfterAnyFrameGivesTheSameBytes(int sampleRateHz) throws IOException {
        List<StreamFrame> frames = frames("a", sampleRateHz, 1.0, AudioEncoding.PCM_S16LE);
        frames.subList(17, 19).clear();
        Collections.swap(frames, 30, 31);
        play(frames, StreamRules.DEFAULT, 32);

        RecordingSink restored = new RecordingSink();
        StreamState state = new StreamState("a");
        for (StreamFrame frame : frames) {
            StreamProcessor processor = processor(StreamRules.DEFAULT, 32, restored);
            processor.accept(state, frame);
            processor.flush();
            state = throughBytes(state);
        }
        assertThat(restored.samples("a")).isEqualTo(sink.samples("a"));
        assertThat(restored.events).isEqualTo(sink.events);
        assertThat(restored.estimates).isEqualTo(sink.estimates);
    }

    @Test
    void aReplacedModelTakesOverWithoutLosingOrShiftingASample() {
        List<StreamFrame> frames = frames("a", 16_000, 1.0, AudioEncoding.PCM_S16LE);
        ModelSet models = models(32);
        StreamProcessor processor = new StreamProcessor(models, DRY, sink);
        StreamState state = new StreamState("a");
        frames.subList(0, 25).forEach(frame -> processor.accept(state, frame));
        processor.flush();
        models.replace(new EnhancementModel(
                new ModelId("test", "2"),
                16_000,
                MODEL.stft(),
                MODEL.features(),
                MODEL.network(),
                MODEL.calibration()));
        frames.subList(25, 50).forEach(frame -> processor.accept(state, frame));
        assertThat(sink.kinds()).containsExactly(OPENED, MODEL_CHANGED, CLOSED);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(sink.frames.get(i).payload()).isEqualTo(FrameCutter.payload(frames.get(i)));
        }
    }

    @Test
    void anEstimateIsGivenForEachSecondAndForTheRest() {
        play(frames("a", 16_000, 2.5, AudioEncoding.PCM_S16LE), StreamRules.DEFAULT, 32);
        assertThat(sink.estimates).hasSize(3);
        assertThat(sink.estimates.get(1).startMicros())
                .isEqualTo(sink.estimates.get(0).lengthMicros());
        assertThat(sink.estimates.get(0).lengthMicros()).isBetween(980_000L, 1_000_000L);
    }

    @Test
    void silenceAndFullScaleGiveNeitherNoiseNorOverflow() {
        float[] square = new float[16_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 40 % 2 == 0 ? 1f : -1f;
        }
        play(frames("loud", new AudioClip(square, 16_000), AudioEncoding.PCM_S16LE), StreamRules.DEFAULT, 32);
        play(
                frames("silent", new AudioClip(new float[16_000], 16_000), AudioEncoding.PCM_S16LE),
                StreamRules.DEFAULT,
                32);
        assertThat(sink.samples("silent")).containsOnly(0f);
        for (float sample : sink.samples("loud")) {
            assertThat(Math.abs(sample)).isLessThanOrEqualTo(1f);
        }
    }

    private void play(List<StreamFrame> frames, StreamRules rules, int width) {
        playTo(sink, frames, rules, width);
    }

    private static void playTo(RecordingSink sink, List<StreamFrame> frames, StreamRules rules, int width) {
        StreamProcessor processor = processor(rules, width, sink);
        StreamState state = new StreamState(frames.get(0).streamId);
        frames.forEach(frame -> processor.accept(state, frame));
        processor.flush();
    }

    private static StreamProcessor processor(StreamRules rules, int width, StreamSink sink) {
        return new StreamProcessor(models(width), rules, sink);
    }

    private static ModelSet models(int width) {
        ModelSet models = new ModelSet(new ScalarKernel(), width);
        models.add(MODEL);
        return models;
    }

    private static List<StreamFrame> frames(String id, int sampleRateHz, double seconds, AudioEncoding encoding) {
        return frames(id, noise(1, sampleRateHz, seconds), encoding);
    }

    private static List<StreamFrame> frames(String id, AudioClip clip, AudioEncoding encoding) {
        FrameCutter cutter = new FrameCutter(id, clip, encoding, 20, 0);
        List<StreamFrame> frames = new ArrayList<>();
        StreamFrame frame = new StreamFrame();
        while (cutter.next(frame)) {
            frames.add(copy(frame));
        }
        return frames;
    }

    private static AudioClip noise(int seed, int sampleRateHz, double seconds) {
        float[] noise = Signals.whiteNoise((int) (sampleRateHz * seconds), 0.1, seed);
        return new AudioClip(noise, sampleRateHz);
    }

    private static StreamFrame copy(StreamFrame frame) {
        StreamFrame copy = new StreamFrame();
        copy.copyFrom(frame);
        return copy;
    }

    private static StreamState throughBytes(StreamState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.writeTo(new DataOutputStream(bytes));
        return StreamState.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
