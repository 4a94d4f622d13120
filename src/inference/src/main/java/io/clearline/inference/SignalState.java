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
 * The signal state of one stream: the memories of STFT, features and network, the strength of the enhancement, and the
 * energies for the SDR estimate. Thread-confined.
 *
 * <p>Push samples until {@link #hopReady()}, then add the state to a {@link HopBatch}. The batch analyses the hop in
 * {@code add} and returns the enhanced samples to its sink in {@code run}. The first {@code overlapSamples} samples of
 * the output precede the stream.
 */
public final class SignalState {

    private final EnhancementModel model;
    private final StftState stft;
    private final FeatureState features;
    private final HopEnergies energies = new HopEnergies();
    private final float[] memory;
    private Strength strength = Strength.FULL;
    private float minGain = strength.minGain();

    /** Creates the state of a stream that has no samples yet. */
    public SignalState(EnhancementModel model) {
        this(model, new StftState(model.stft()));
    }

    private SignalState(EnhancementModel model, StftState stft) {
        this.model = model;
        this.stft = stft;
        features = new FeatureExtractor(model.features(), model.stft().bins()).newState();
        memory = new float[model.network().memoryLength()];
    }

    /** Returns the model that this stream runs under. */
    public EnhancementModel model() {
        return model;
    }

    /** Takes samples up to the end of the current hop. Returns the number of samples taken. */
    public int push(float[] samples, int offset, int length) {
        return stft.push(samples, offset, length);
    }

    /** Returns whether a complete hop is ready for a batch. */
    public boolean hopReady() {
        return stft.hopReady();
    }

    /** Returns the state of the STFT. */
    StftState stft() {
        return stft;
    }

    /** Returns the state of the features. */
    FeatureState features() {
        return features;
    }

    /** Returns the memory of the network, {@code [memoryLength]}. */
    float[] memory() {
        return memory;
    }

    /** Returns the energies for the SDR estimate. The caller clears them at the end of each estimation window. */
    public HopEnergies energies() {
        return energies;
    }

    /** Sets the strength of the enhancement, which applies from the next run of a batch. */
    public void setStrength(Strength strength) {
        this.strength = strength;
        minGain = strength.minGain();
    }

    /** Returns the strength of the enhancement. */
    public Strength strength() {
        return strength;
    }

    float minGain() {
        return minGain;
    }

    /**
     * Moves this stream to another model with the same STFT and sample rate. The audio continues without a gap;
     * features, network memory and energies start anew. Call it only while no hop of this stream waits in a batch, and
     * do not use this state afterwards.
     *
     * @throws IllegalArgumentException if STFT or sample rate differ, see {@link #canServe}
     */
    public SignalState withModel(EnhancementModel other) {
        if (!canServe(other)) {
            throw new IllegalArgumentException("Expected a model with STFT " + model.stft() + " at "
                    + model.sampleRateHz() + " Hz as the stream has, found " + other.id() + " with " + other.stft()
                    + " at " + other.sampleRateHz() + " Hz; start a new state.");
        }
        SignalState next = new SignalState(other, stft);
        next.setStrength(strength);
        return next;
    }

    /** Returns whether this stream can move to the given model with {@link #withModel}. */
    public boolean canServe(EnhancementModel other) {
        return other.stft().equals(model.stft()) && other.sampleRateHz() == model.sampleRateHz();
    }

    /** Resets to the start of a stream. The strength does not change. */
    public void reset() {
        stft.reset();
        features.reset();
        Arrays.fill(memory, 0);
        energies.clear();
    }

    /** Writes this state for {@link #readFrom}. */
    public void writeTo(DataOutput out) throws IOException {
        stft.writeTo(out);
        features.writeTo(out);
        StoredFloats.write(out, memory);
        energies.writeTo(out);
        out.writeFloat(strength.wet());
        out.writeFloat(strength.maxAttenuationDb());
    }

    /**
     * Replaces this state by one that {@link #writeTo} wrote under the same model.
     *
     * @throws IOException if the stored state does not fit this model
     */
    public void readFrom(DataInput in) throws IOException {
        stft.readFrom(in);
        features.readFrom(in);
        StoredFloats.read(in, memory);
        energies.readFrom(in);
        setStrength(new Strength(in.readFloat(), in.readFloat()));
    }
}
