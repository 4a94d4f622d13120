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
package io.clearline.training;

import io.clearline.inference.HopBatch;
import io.clearline.inference.HopEnergies;
import io.clearline.inference.SignalState;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.model.EnhancementModel;

/**
 * Enhances whole signals with a model, by the same inference code that runs in production. Training, calibration and
 * scoring use it. Thread-confined.
 */
public final class ModelProbe {
    private static final int BATCH_WIDTH = 32;

    private final EnhancementModel model;
    private final HopBatch batch;
    private float[] out = new float[0];
    private int written;
    /** Samples of the initial delay that are still to be dropped from the output. */
    private int leadIn;

    private HopEnergies energies = new HopEnergies();

    public ModelProbe(EnhancementModel model, Kernel kernel) {
        this.model = model;
        batch = new HopBatch(model, kernel, BATCH_WIDTH);
    }

    /** Returns the enhanced signal, aligned with the input and of the same length. */
    public float[] enhance(float[] samples) {
        out = new float[samples.length];
        written = 0;
        leadIn = model.stft().overlapSamples();
        SignalState signal = new SignalState(model);
        push(signal, samples);
        push(signal, new float[model.stft().windowSamples() + model.stft().hopSamples()]);
        batch.run(this::collect);
        energies = signal.energies();
        return out;
    }

    /** Returns the energies of the last signal, from which its SDR is estimated. */
    public HopEnergies energies() {
        return energies;
    }

    private void push(SignalState signal, float[] samples) {
        int at = 0;
        while (at < samples.length) {
            at += signal.push(samples, at, samples.length - at);
            if (signal.hopReady()) {
                if (batch.isFull()) {
                    batch.run(this::collect);
                }
                batch.add(signal, this);
            }
        }
    }

    private void collect(Object owner, SignalState signal, float[] samples, int offset, int length) {
        int skipped = Math.min(leadIn, length);
        leadIn -= skipped;
        int taken = Math.min(length - skipped, out.length - written);
        System.arraycopy(samples, offset + skipped, out, written, taken);
        written += taken;
    }
}
