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

import static io.clearline.testkit.Allocation.assertNoAllocation;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.SdrMeter;
import io.clearline.inference.TestModels;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.FramePayload;
import io.clearline.schemas.frame.StreamFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The path of a frame from payload to payload allocates nothing: order, decoding, resampling, STFT, features, batch,
 * kernel, synthesis and state.
 */
@Tag("jdk")
class StreamAllocationTest {
    /** Windows of an hour, because emitting an estimate allocates. */
    private static final StreamRules NO_ESTIMATE = new StreamRules(3, 100, 10_000, 3_600_000, 1f, 100f, true);

    @ParameterizedTest
    @ValueSource(ints = {16_000, 8_000, 48_000})
    void aFrameAllocatesNothing(int sampleRateHz) {
        run(sampleRateHz, false, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 48_000})
    void aFrameOfSeveralChannelsAllocatesNothing(int sampleRateHz) {
        run(sampleRateHz, false, 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 48_000})
    void aBypassedFrameAllocatesNothing(int sampleRateHz) {
        run(sampleRateHz, true, 1);
    }

    private static void run(int sampleRateHz, boolean bypassed, int channels) {
        ModelSet models = new ModelSet(new ScalarKernel(), 8);
        models.add(TestModels.bandModel(new StftSpec(512, 256)));
        StreamProcessor processor = new StreamProcessor(models, NO_ESTIMATE, new EncodingSink());
        List<StreamState> streams = new ArrayList<>();
        List<StreamFrame> frames = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            streams.add(new StreamState("s" + i));
            streams.get(i).setBypassed(bypassed);
            frames.add(Frames.noise("s" + i, sampleRateHz, channels, 0.1, i).get(0));
        }
        // Each channel is as much work as a stream.
        assertNoAllocation(2_000 / channels, 100, () -> {
            for (int i = 0; i < 5; i++) {
                StreamFrame frame = frames.get(i);
                processor.accept(streams.get(i), frame);
                frame.sequence++;
                frame.captureTimeMicros += 20_000;
            }
        });
    }

    /** Encodes frames like the job and discards them. */
    private static final class EncodingSink implements StreamSink {
        private final byte[] payload = new byte[65_536];

        @Override
        public void frame(FrameHead head, float[] samples, int offset) {
            FramePayload.encode(head.encoding, samples, offset, payload, head.samples * head.channels);
        }

        @Override
        public void estimate(
                StreamSession stream, int channel, long startMicros, long lengthMicros, SdrMeter.Estimate estimate) {}

        @Override
        public void event(
                StreamSession stream, StreamEventKind kind, long sequence, int count, long micros, String detail) {}
    }
}
