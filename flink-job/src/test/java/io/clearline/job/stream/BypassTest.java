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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.frame.FrameCutter;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BypassTest {
    private static final StftSpec STFT = new StftSpec(512, 256);
    private static final EnhancementModel MODEL = TestModels.bandModel(STFT);
    private static final int FROM = 20;
    private static final int TO = 35;

    private final RecordingSink sink = new RecordingSink();

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 32})
    void bypassedFramesAreTheInputToTheLastBitAndNoneIsLostOrShifted(int batchWidth) throws IOException {
        List<StreamFrame> frames = Frames.noise("a", 16_000, 1.0, 1);
        play(MODEL, frames, batchWidth, false);
        assertThat(sink.sequences())
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToLong(i -> i).boxed().toList());
        // The analysis window extends two frames further on both sides.
        for (int i = FROM + 2; i < TO - 2; i++) {
            assertThat(sink.frames.get(i).payload()).isEqualTo(FrameCutter.payload(frames.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 32})
    void everyFrameWithADryPartIsFlaggedAndNoOther(int batchWidth) throws IOException {
        List<StreamFrame> frames = Frames.noise("a", 16_000, 1.0, 1);
        RecordingSink enhanced = new RecordingSink();
        playAll(enhanced, MODEL, frames);
        play(MODEL, frames, batchWidth, false);
        // After the bypass, the features still depend on it although no frame is flagged. Compare only up to its end.
        for (int i = 0; i < TO - 2; i++) {
            boolean same = Arrays.equals(
                    sink.frames.get(i).payload(), enhanced.frames.get(i).payload());
            assertThat(sink.frames.get(i).bypassed()).as("frame %d", i).isEqualTo(!same);
        }
        for (int i = TO + 2; i < 50; i++) {
            assertThat(sink.frames.get(i).bypassed()).as("frame %d", i).isFalse();
        }
    }

    @Test
    void afterABypassEnhancementGoesOnAsIfItHadNeverStopped() throws IOException {
        List<StreamFrame> frames = Frames.noise("a", 16_000, 1.0, 1);
        RecordingSink enhanced = new RecordingSink();
        playAll(enhanced, MODEL, frames);
        play(MODEL, frames, 8, false);
        for (int i = TO + 2; i < 50; i++) {
            assertThat(sink.frames.get(i).payload())
                    .isEqualTo(enhanced.frames.get(i).payload());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 8_000, 48_000})
    void goingOverAndBackMakesNoSeam(int sampleRateHz) throws IOException {
        AudioClip sine = new AudioClip(Signals.sine(sampleRateHz, 500, sampleRateHz, 0.5), sampleRateHz);
        List<StreamFrame> frames = Frames.of("a", sine, AudioEncoding.PCM_S16LE);
        play(TestModels.passThrough(STFT), frames, 1, false);
        float[] out = sink.samples("a");
        for (int i = sampleRateHz / 50; i < out.length - sampleRateHz / 50; i++) {
            assertThat(out[i]).isCloseTo(sine.samples()[i], within(0.01f));
        }
        assertThat(sink.frames.stream().filter(RecordingSink.Frame::bypassed)).hasSizeBetween(TO - FROM, TO - FROM + 5);
    }

    @Test
    void whatIsFlaggedStaysSoThroughASnapshotAfterAnyFrame() throws IOException {
        List<StreamFrame> frames = Frames.noise("a", 16_000, 1.0, 1);
        play(MODEL, frames, 1, false);
        List<RecordingSink.Frame> whole = List.copyOf(sink.frames);
        sink.frames.clear();
        play(MODEL, frames, 1, true);
        for (int i = 0; i < 50; i++) {
            assertThat(sink.frames.get(i).bypassed()).isEqualTo(whole.get(i).bypassed());
            assertThat(sink.frames.get(i).payload()).isEqualTo(whole.get(i).payload());
        }
    }

    @Test
    void aSecondThatPassedDryHasNoEstimate() throws IOException {
        StreamProcessor processor = processor(sink, MODEL, 1);
        StreamState stream = new StreamState("a");
        stream.setBypassed(true);
        Frames.noise("a", 16_000, 2.5, 1).forEach(frame -> processor.accept(stream, frame));
        assertThat(sink.estimates).isEmpty();
    }

    /**
     * Plays a stream that is bypassed from frame {@link #FROM} to {@link #TO}.
     *
     * @param storing whether the state is written and read after each frame
     */
    private void play(EnhancementModel model, List<StreamFrame> frames, int batchWidth, boolean storing)
            throws IOException {
        StreamProcessor processor = processor(sink, model, batchWidth);
        StreamState stream = new StreamState("a");
        for (StreamFrame frame : frames) {
            stream.setBypassed(frame.sequence >= FROM && frame.sequence < TO);
            processor.accept(stream, frame);
            if (storing) {
                processor.flush();
                stream = throughBytes(stream);
            }
        }
        processor.flush();
    }

    private static void playAll(RecordingSink sink, EnhancementModel model, List<StreamFrame> frames) {
        StreamProcessor processor = processor(sink, model, 8);
        StreamState stream = new StreamState("a");
        frames.forEach(frame -> processor.accept(stream, frame));
        processor.flush();
    }

    private static StreamProcessor processor(RecordingSink sink, EnhancementModel model, int batchWidth) {
        ModelSet models = new ModelSet(new ScalarKernel(), batchWidth);
        models.add(model);
        return new StreamProcessor(models, StreamRules.DEFAULT, sink);
    }

    private static StreamState throughBytes(StreamState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.writeTo(new DataOutputStream(bytes));
        return StreamState.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
