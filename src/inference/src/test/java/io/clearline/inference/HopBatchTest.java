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
package io.clearline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.kernel.KernelsUnderTest;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.testkit.Allocation;
import io.clearline.testkit.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("jdk")
class HopBatchTest {

    private static final StftSpec STFT = new StftSpec(64, 32);
    private static final int HOPS = 40;

    private final EnhancementModel model = TestModels.bandModel(STFT);
    private final EnhancementModel remembering = TestModels.rememberingModel(STFT);
    private final EnhancementModel local = TestModels.localModel(STFT);

    @Test
    void aStreamsBitsDoNotDependOnWidthColumnFillOrOtherStreams() {
        for (EnhancementModel each : List.of(model, remembering, local, TestModels.binModel(STFT))) {
            for (Kernel kernel : KernelsUnderTest.all()) {
                float[][] alone = enhanceTogether(each, new ScalarKernel(), 1, 1);
                for (int width : new int[] {1, 2, 3, 7, 8, 16, 17, 32, 33}) {
                    for (int streams : new int[] {1, 2, 5, 9}) {
                        float[][] together = enhanceTogether(each, kernel, width, streams);
                        assertThat(together[0])
                                .as("%s, width %d, %d streams", kernel.name(), width, streams)
                                .containsExactly(alone[0]);
                    }
                }
            }
        }
    }

    @Test
    void severalHopsOfOneStreamMayShareABatch() {
        float[] signal = Signals.whiteNoise(HOPS * 32, 0.5, 3);
        for (EnhancementModel each : List.of(model, remembering, local)) {
            assertThat(enhance(each, signal, new HopBatch(each, new ScalarKernel(), 11), false))
                    .containsExactly(enhance(each, signal, new HopBatch(each, new ScalarKernel(), 1), false));
        }
    }

    @Test
    void aModelWithMemoryDependsOnThePastOfTheStream() {
        float[] once = Signals.whiteNoise(HOPS * 32, 0.5, 3);
        float[] twice = new float[2 * once.length];
        System.arraycopy(once, 0, twice, 0, once.length);
        System.arraycopy(once, 0, twice, once.length, once.length);
        float[] out = enhance(remembering, twice, new HopBatch(remembering, new ScalarKernel(), 4), false);
        assertThat(Arrays.copyOfRange(out, once.length + 640, out.length))
                .isNotEqualTo(Arrays.copyOfRange(out, 640, once.length));
    }

    @Test
    void digitalSilenceLeavesNoTraceInWhatFollows() {
        float[] signal = Signals.whiteNoise(HOPS * 32, 0.5, 3);
        float[] idleALaw = new float[50 * 32];
        Arrays.fill(idleALaw, 8f / 32768);
        for (EnhancementModel each : List.of(model, remembering, local)) {
            for (float[] silence : List.of(new float[50 * 32], idleALaw)) {
                float[] paused = enhance(
                        each, joined(signal, silence, signal), new HopBatch(each, new ScalarKernel(), 4), false);
                float[] unpaused = enhance(
                        each,
                        joined(signal, Arrays.copyOf(silence, 32), signal),
                        new HopBatch(each, new ScalarKernel(), 4),
                        false);
                int from = signal.length + silence.length + 64;
                assertThat(Arrays.copyOfRange(paused, from, paused.length))
                        .containsExactly(
                                Arrays.copyOfRange(unpaused, from - silence.length + 32, unpaused.length),
                                within(1e-4f));
                assertThat(Arrays.copyOfRange(paused, signal.length + 64, signal.length + silence.length))
                        .as("the silence itself, one hop later")
                        .containsExactly(Arrays.copyOfRange(silence, 32, silence.length - 32), within(1e-9f));
            }
        }
    }

    private static float[] joined(float[]... parts) {
        int length = 0;
        for (float[] part : parts) {
            length += part.length;
        }
        float[] all = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Test
    void aBypassedStreamComesOutAsItWentInAfterTheOverlap() {
        float[] signal = Signals.whiteNoise(HOPS * 32, 0.5, 3);
        float[] out = enhance(model, signal, new HopBatch(model, new ScalarKernel(), 4), true);
        for (int i = 32; i < out.length; i++) {
            assertThat(out[i]).isCloseTo(signal[i - 32], org.assertj.core.api.Assertions.within(1e-6f));
        }
    }

    @Test
    void bypassedHopsLeaveTheirNeighboursBitsAlone() {
        float[] signal = Signals.whiteNoise(HOPS * 32, 0.5, 3);
        float[] alone = enhance(model, signal, new HopBatch(model, new ScalarKernel(), 1), false);
        HopBatch batch = new HopBatch(model, new ScalarKernel(), 3);
        SignalState enhanced = new SignalState(model);
        SignalState bypassed = new SignalState(model);
        Output output = new Output();
        for (int at = 0; at < signal.length; at += 32) {
            enhanced.push(signal, at, 32);
            bypassed.push(signal, signal.length - 32 - at, 32);
            batch.add(bypassed, new Output(), true);
            batch.add(enhanced, output);
            batch.run(HopBatchTest::collect);
        }
        assertThat(output.samples()).containsExactly(alone);
    }

    @Test
    void aModelThatHearsOnlySpeechGivesTheMixtureBack() {
        float[] signal = Signals.whiteNoise(HOPS * 32, 0.5, 3);
        EnhancementModel passThrough = TestModels.passThrough(STFT);
        float[] out = enhance(passThrough, signal, new HopBatch(passThrough, new ScalarKernel(), 4), false);
        for (int i = 32; i < out.length; i++) {
            assertThat(out[i]).isCloseTo(signal[i - 32], org.assertj.core.api.Assertions.within(1e-5f));
        }
    }

    @Test
    void silenceStaysSilentAndFullScaleStaysFinite() {
        for (EnhancementModel each : List.of(model, local, TestModels.binModel(STFT))) {
            float[] silence = enhance(each, new float[HOPS * 32], new HopBatch(each, new ScalarKernel(), 4), false);
            assertThat(silence).containsOnly(0);
            float[] square = new float[HOPS * 32];
            for (int i = 0; i < square.length; i++) {
                square[i] = i / 16 % 2 == 0 ? 1 : -1;
            }
            for (float sample : enhance(each, square, new HopBatch(each, new ScalarKernel(), 4), false)) {
                assertThat(sample).isBetween(-4f, 4f);
            }
        }
    }

    @Test
    void aRestoredStateGoesOnWithTheSameBits() throws IOException {
        for (EnhancementModel each : List.of(model, remembering, local)) {
            assertRestoredStateGoesOn(each);
        }
    }

    private static void assertRestoredStateGoesOn(EnhancementModel model) throws IOException {
        float[] signal = Signals.whiteNoise(HOPS * 32, 0.5, 3);
        HopBatch batch = new HopBatch(model, new ScalarKernel(), 1);
        float[] whole = enhance(model, signal, batch, false);
        SignalState first = new SignalState(model);
        first.setStrength(new Strength(1, 400));
        Output output = new Output();
        run(batch, first, output, Arrays.copyOfRange(signal, 0, 333));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.writeTo(new DataOutputStream(bytes));
        SignalState second = new SignalState(model);
        second.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        run(batch, second, output, Arrays.copyOfRange(signal, 333, signal.length));
        assertThat(output.samples()).containsExactly(whole);
        assertThat(second.strength()).isEqualTo(first.strength());
    }

    @Test
    void refusesWhatDoesNotFit() {
        HopBatch batch = new HopBatch(model, new ScalarKernel(), 1);
        SignalState state = new SignalState(model);
        assertThatThrownBy(() -> batch.add(state, this)).hasMessageContaining("no complete hop of 32 samples");
        state.push(new float[32], 0, 32);
        batch.add(state, this);
        assertThat(batch.isFull()).isTrue();
        state.push(new float[32], 0, 32);
        assertThatThrownBy(() -> batch.add(state, this)).hasMessageContaining("run it first");
        batch.clear();
        SignalState foreign = new SignalState(TestModels.binModel(STFT));
        foreign.push(new float[32], 0, 32);
        assertThatThrownBy(() -> batch.add(foreign, this)).hasMessageContaining("under model");
    }

    @Test
    void aStreamMovesToAnotherModelWithoutASeam() {
        EnhancementModel passThrough = TestModels.passThrough(STFT);
        EnhancementModel other = new EnhancementModel(
                new io.clearline.inference.model.ModelId("other", "2"),
                16_000,
                STFT,
                passThrough.features(),
                passThrough.network(),
                passThrough.calibration());
        float[] signal = Signals.whiteNoise(HOPS * 32, 0.5, 3);
        Output output = new Output();
        SignalState before = new SignalState(passThrough);
        run(new HopBatch(passThrough, new ScalarKernel(), 2), before, output, Arrays.copyOfRange(signal, 0, 640));
        SignalState after = before.withModel(other);
        run(new HopBatch(other, new ScalarKernel(), 2), after, output, Arrays.copyOfRange(signal, 640, signal.length));
        float[] out = output.samples();
        for (int i = 32; i < out.length; i++) {
            assertThat(out[i]).isCloseTo(signal[i - 32], org.assertj.core.api.Assertions.within(1e-5f));
        }
    }

    @Test
    void addingAndRunningAllocateNothing() {
        for (Kernel kernel : KernelsUnderTest.all()) {
            HopBatch batch = new HopBatch(model, kernel, 4);
            SignalState state = new SignalState(model);
            float[] signal = Signals.whiteNoise(32, 0.5, 3);
            HopSink sink = (owner, done, samples, offset, length) -> {};
            Object owner = new Object();
            batch.warmUp(HopBatch.MAX_WARM_UP_NANOS);
            Allocation.assertNoAllocation(20_000, 1_000, () -> {
                for (int i = 0; i < 3; i++) {
                    state.push(signal, 0, 32);
                    batch.add(state, owner, i == 1);
                }
                batch.run(sink);
            });
        }
    }

    /** Collects the output samples of one stream in order. */
    private static final class Output {

        private final List<float[]> hops = new ArrayList<>();

        float[] samples() {
            float[] all = new float[hops.stream().mapToInt(hop -> hop.length).sum()];
            int at = 0;
            for (float[] hop : hops) {
                System.arraycopy(hop, 0, all, at, hop.length);
                at += hop.length;
            }
            return all;
        }
    }

    private static void collect(Object owner, SignalState state, float[] samples, int offset, int length) {
        ((Output) owner).hops.add(Arrays.copyOfRange(samples, offset, offset + length));
    }

    private static float[] enhance(EnhancementModel model, float[] signal, HopBatch batch, boolean bypass) {
        SignalState state = new SignalState(model);
        Output output = new Output();
        for (int at = 0; at < signal.length; at += 32) {
            state.push(signal, at, 32);
            if (batch.isFull()) {
                batch.run(HopBatchTest::collect);
            }
            batch.add(state, output, bypass);
        }
        batch.run(HopBatchTest::collect);
        return output.samples();
    }

    private static void run(HopBatch batch, SignalState state, Output output, float[] signal) {
        int at = 0;
        while (at < signal.length) {
            at += state.push(signal, at, signal.length - at);
            if (state.hopReady()) {
                batch.add(state, output);
                batch.run(HopBatchTest::collect);
            }
        }
    }

    /** Runs several streams. Stream 0 is always the same signal; the others only fill the batch. */
    private static float[][] enhanceTogether(EnhancementModel model, Kernel kernel, int width, int streams) {
        HopBatch batch = new HopBatch(model, kernel, width);
        float[][] signals = new float[streams][];
        SignalState[] states = new SignalState[streams];
        Output[] outputs = new Output[streams];
        for (int s = 0; s < streams; s++) {
            signals[s] = Signals.whiteNoise(HOPS * 32, 0.1 * (s + 1), 100 + s);
            states[s] = new SignalState(model);
            outputs[s] = new Output();
        }
        for (int at = 0; at < HOPS * 32; at += 32) {
            for (int s = streams - 1; s >= 0; s--) {
                states[s].push(signals[s], at, 32);
                if (batch.isFull()) {
                    batch.run(HopBatchTest::collect);
                }
                batch.add(states[s], outputs[s]);
            }
        }
        batch.run(HopBatchTest::collect);
        return Arrays.stream(outputs).map(Output::samples).toArray(float[][]::new);
    }
}
