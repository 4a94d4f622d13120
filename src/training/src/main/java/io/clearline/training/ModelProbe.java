package io.clearline.training;

import io.clearline.unfolding.inference.HopBatch;
import io.clearline.unfolding.inference.HopEnergies;
import io.clearline.unfolding.inference.SignalState;
import io.clearline.unfolding.kernel.Kernel;
import io.clearline.unfolding.model.EnhancementModel;

/** Enhances whole signals with a model that is being made, by the product's own inference. Thread-confined. */
public final class ModelProbe {
    private static final int BATCH_WIDTH = 32;

    private final EnhancementModel model;
    private final HopBatch batch;
    private float[] out = new float[0];
    private int written;
    private int leadIn;
    private HopEnergies energies = new HopEnergies();

    public ModelProbe(EnhancementModel model, Kernel kernel) {
        this.model = model;
        batch = new HopBatch(model, kernel, BATCH_WIDTH);
    }

    /** The enhanced signal, as long as the input and aligned with it. */
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

    /** What the masks of the last signal say of its SDR. */
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
