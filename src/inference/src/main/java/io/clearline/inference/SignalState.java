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

import io.clearline.dsp.StftState;
import io.clearline.dsp.StoredFloats;
import io.clearline.inference.features.FeatureExtractor;
import io.clearline.inference.features.FeatureState;
import io.clearline.inference.model.EnhancementModel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * One stream's signal memory: STFT, features, what the network remembers, strength and the energies of the SDR
 * estimate. Thread-confined.
 *
 * <p>Push samples until {@link #hopReady()}, then hand the state to a {@link HopBatch}; the batch takes the analysis at
 * once and gives the samples back through its sink. The first {@code overlapSamples} of the output precede the stream.
 */
public final class SignalState {

    private final EnhancementModel model;
    private final StftState stft;
    private final FeatureState features;
    private final HopEnergies energies = new HopEnergies();
    private final float[] memory;
    private Strength strength = Strength.FULL;
    private float leastGain = strength.leastGain();

    public SignalState(EnhancementModel model) {
        this(model, new StftState(model.stft()));
    }

    private SignalState(EnhancementModel model, StftState stft) {
        this.model = model;
        this.stft = stft;
        features = new FeatureExtractor(model.features(), model.stft().bins()).newState();
        memory = new float[model.network().memoryLength()];
    }

    /** The model whose shapes this state has. */
    public EnhancementModel model() {
        return model;
    }

    /** Takes samples up to the next complete hop; returns how many were taken. */
    public int push(float[] samples, int offset, int length) {
        return stft.push(samples, offset, length);
    }

    /** Whether a whole hop waits for a batch. */
    public boolean hopReady() {
        return stft.hopReady();
    }

    /** The STFT's memory. */
    StftState stft() {
        return stft;
    }

    /** The features' memory. */
    FeatureState features() {
        return features;
    }

    /** What the network remembers, {@code memoryLength} values. */
    float[] memory() {
        return memory;
    }

    /** Sums since the last estimate; the caller clears them when a window ends. */
    public HopEnergies energies() {
        return energies;
    }

    /** How much of the enhancement this stream gets, from the next run of a batch on. */
    public void setStrength(Strength strength) {
        this.strength = strength;
        leastGain = strength.leastGain();
    }

    /** How much of the enhancement this stream gets. */
    public Strength strength() {
        return strength;
    }

    float leastGain() {
        return leastGain;
    }

    /**
     * This stream under another model of the same STFT: its audio goes on without a seam, its features start anew. Only
     * between batches. This state must not be used afterwards.
     */
    public SignalState under(EnhancementModel other) {
        if (!canServe(other)) {
            throw new IllegalArgumentException("model " + other.id() + " has STFT " + other.stft() + " at "
                    + other.sampleRateHz() + " Hz, the stream runs with " + model.stft() + " at " + model.sampleRateHz()
                    + " Hz; start a new state");
        }
        SignalState next = new SignalState(other, stft);
        next.setStrength(strength);
        return next;
    }

    /** Whether {@link #under} works for this model. */
    public boolean canServe(EnhancementModel other) {
        return other.stft().equals(model.stft()) && other.sampleRateHz() == model.sampleRateHz();
    }

    /** Back to the start of a stream; the strength stays. */
    public void reset() {
        stft.reset();
        features.reset();
        Arrays.fill(memory, 0);
        energies.clear();
    }

    /** Writes what {@link #readFrom} of a state under the same model reads. */
    public void writeTo(DataOutput out) throws IOException {
        stft.writeTo(out);
        features.writeTo(out);
        StoredFloats.write(out, memory);
        energies.writeTo(out);
        out.writeFloat(strength.wet());
        out.writeFloat(strength.maxAttenuationDb());
    }

    /** Replaces this state by a written one. */
    public void readFrom(DataInput in) throws IOException {
        stft.readFrom(in);
        features.readFrom(in);
        StoredFloats.read(in, memory);
        energies.readFrom(in);
        setStrength(new Strength(in.readFloat(), in.readFloat()));
    }
}
