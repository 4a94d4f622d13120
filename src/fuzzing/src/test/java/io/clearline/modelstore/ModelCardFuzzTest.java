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
package io.clearline.modelstore;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.Limits;
import io.clearline.inference.HopBatch;
import io.clearline.inference.SignalState;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.inference.model.EnhancementModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The reader of cards, with sound weights beside them: any bytes are a model that runs, or a
 * {@link ModelFormatException}.
 */
class ModelCardFuzzTest {
    private static final long MODEL_BYTES = 256L << 20;
    private static final byte[] WEIGHTS = weights();

    @FuzzTest
    void anyBytesAreTheCardOfAModelThatRunsOrARefusal(byte[] bytes) {
        Limits.assertMemory(MODEL_BYTES + 256L * bytes.length, () -> readAndRun(bytes));
    }

    private static void readAndRun(byte[] card) {
        EnhancementModel model;
        try {
            model = ModelArtifact.read(WEIGHTS, card).model();
        } catch (ModelFormatException e) {
            return;
        }
        run(model);
    }

    private static void run(EnhancementModel model) {
        HopBatch batch = new HopBatch(model, new ScalarKernel(), 1);
        SignalState signal = new SignalState(model);
        float[] silence = new float[model.stft().windowSamples()];
        int taken = 0;
        while (!signal.hopReady() && taken < silence.length) {
            taken += signal.push(silence, taken, silence.length - taken);
        }
        batch.add(signal, signal);
        batch.run((owner, state, samples, offset, length) -> {
            for (int i = 0; i < length; i++) {
                if (!Float.isFinite(samples[offset + i])) {
                    throw new AssertionError("silence gave " + samples[offset + i]);
                }
            }
        });
    }

    private static byte[] weights() {
        try (InputStream in = ModelCardFuzzTest.class.getResourceAsStream("card-weights.safetensors")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
