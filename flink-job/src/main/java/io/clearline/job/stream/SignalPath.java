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

import io.clearline.dsp.Concealer;
import io.clearline.dsp.HotPath;
import io.clearline.dsp.Resampler;
import io.clearline.inference.SignalState;
import io.clearline.inference.Strength;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The signal of one channel, from decoded samples to finished ones: concealment, conversion to the model's sample rate,
 * STFT and features, conversion back, and the finished samples that do not fill a frame yet.
 *
 * <p>The output is aligned with the input: a sample comes out later than it went in, but the streams have the same
 * positions. All memory of the signal is here, and is part of the state of a stream. Not thread-safe.
 */
final class SignalPath {
    /** The version that {@link #writeTo} writes. All versions from 1 on can be read. */
    static final int VERSION = 5;

    private EnhancementModel model;
    private final int streamRateHz;
    private final Concealer concealer;
    /** From the stream's rate to the model's; null if the rates are equal. */
    private final Resampler toModel;
    /** From the model's rate to the stream's; null if the rates are equal. */
    private final Resampler fromModel;

    private boolean keepsTones;
    private SignalState signal;
    /**
     * Null if nothing is mixed back. Also null if an earlier release, which had no such mix, stored the stream; then
     * until the stream opens again.
     */
    private DryMix dryMix;
    /** Null if no noise is added. */
    private ComfortNoise comfortNoise;

    /** Finished samples at the stream's rate that do not fill a frame yet. */
    private final SampleFifo finished = new SampleFifo();
    /**
     * Samples at the model's rate that the synthesis still yields for the time before the stream's start, and that are
     * skipped.
     */
    private int leadInSamples;
    /**
     * Samples at the stream's rate that are still to come of a silence that belongs to no frame, and that are skipped.
     */
    private int silentSamples;

    /**
     * Creates the path of a signal that starts now.
     *
     * @param streamRateHz sample rate of input and output
     * @param keepsTones whether telephone tones pass unchanged
     * @param comfortNoiseDb level of the noise in dB of full scale, or {@link ComfortNoise#NONE_DB}
     */
    SignalPath(EnhancementModel model, int streamRateHz, Strength strength, boolean keepsTones, float comfortNoiseDb) {
        this.model = model;
        this.streamRateHz = streamRateHz;
        boolean sameRate = model.sampleRateHz() == streamRateHz;
        concealer = new Concealer(streamRateHz);
        toModel = sameRate ? null : new Resampler(streamRateHz, model.sampleRateHz());
        fromModel = sameRate ? null : new Resampler(model.sampleRateHz(), streamRateHz);
        signal = new SignalState(model);
        signal.setStrength(strength);
        this.keepsTones = keepsTones;
        dryMix = newDryMix();
        comfortNoise = ComfortNoise.of(comfortNoiseDb);
        leadInSamples = model.stft().overlapSamples();
    }

    /** Returns a new mix, or null if tones are not preserved and the stream has no band above the model's. */
    private DryMix newDryMix() {
        if (!keepsTones && streamRateHz <= model.sampleRateHz()) {
            return null;
        }
        int lookAhead = (int) ((long) model.stft().overlapSamples() * streamRateHz / model.sampleRateHz());
        return new DryMix(streamRateHz, model.sampleRateHz(), keepsTones, lookAhead);
    }

    /** Continues under another model with the same sample rate and STFT. No hop may wait in the batch. */
    void changeModel(EnhancementModel other) {
        signal = signal.withModel(other);
        model = other;
    }

    EnhancementModel model() {
        return model;
    }

    Concealer concealer() {
        return concealer;
    }

    SignalState signal() {
        return signal;
    }

    /** Returns the finished samples, from the first of the oldest pending frame on. */
    SampleFifo finished() {
        return finished;
    }

    /** Returns the largest number of samples that {@link #convert} yields for {@code length} samples of the stream. */
    int maxModelSamples(int length) {
        return toModel == null ? length : toModel.maxOutputSamples(length);
    }

    /** Returns the largest number of samples at the stream's rate that one hop of the model finishes. */
    int maxStreamSamplesPerHop() {
        int hopSamples = model.stft().hopSamples();
        return fromModel == null ? hopSamples : fromModel.maxOutputSamples(hopSamples);
    }

    /**
     * Returns where the window of the next hop starts, in samples of the stream counted from the first that was not
     * emitted yet. Negative if it starts before that.
     *
     * @param waitingHops number of this channel's hops in the batch
     */
    @HotPath
    int windowStart(int waitingHops) {
        long modelSamples = (long) waitingHops * model.stft().hopSamples() - leadInSamples;
        return finished.size() - silentSamples + (int) (modelSamples * streamRateHz / model.sampleRateHz());
    }

    /**
     * Returns how many samples of the stream one window of the model affects, including the tails of the resampling
     * filter.
     */
    @HotPath
    int windowStreamSamples() {
        int windowSamples = model.stft().windowSamples();
        if (fromModel == null) {
            return windowSamples;
        }
        return fromModel.maxOutputSamples(windowSamples + 2 * fromModel.lookAheadSamples());
    }

    /**
     * Converts samples of the stream to the model's rate.
     *
     * @return the number of samples written to {@code out}
     */
    @HotPath
    int convert(float[] samples, int offset, int length, float[] out) {
        int converted = length;
        if (toModel == null) {
            System.arraycopy(samples, offset, out, 0, length);
        } else {
            converted = toModel.process(samples, offset, length, out, 0);
        }
        if (dryMix != null) {
            dryMix.received(samples, offset, length, out, converted);
        }
        return converted;
    }

    /**
     * Takes the samples that a hop finished. Skips those before the start of the stream and converts the rest to the
     * stream's rate.
     *
     * @param scratch buffer of at least {@link #maxStreamSamplesPerHop} samples
     */
    @HotPath
    void finish(float[] samples, int offset, int length, float[] scratch) {
        int skipped = Math.min(leadInSamples, length);
        leadInSamples -= skipped;
        if (fromModel == null) {
            keep(samples, offset + skipped, length - skipped);
        } else {
            int converted = fromModel.process(samples, offset + skipped, length - skipped, scratch, 0);
            keep(scratch, 0, converted);
        }
    }

    @HotPath
    private void keep(float[] samples, int offset, int length) {
        if (dryMix != null) {
            dryMix.mix(samples, offset, length);
        }
        if (comfortNoise != null) {
            comfortNoise.add(samples, offset, length);
        }
        int silent = Math.min(silentSamples, length);
        silentSamples -= silent;
        finished.add(samples, offset + silent, length - silent);
    }

    /**
     * Removes silence from the output that was pushed to drain the samples before it. What has come out of it is
     * dropped now, and the rest when it comes out. The samples that are pushed next then follow those before the
     * silence.
     *
     * @param samples number of silent samples that were pushed, at the stream's rate
     */
    void removeSilence(int samples) {
        silentSamples = samples - finished.size();
        finished.remove(finished.size());
    }

    /** Returns how many samples of silence, at the stream's rate, push every sample before them out of the path. */
    int drainSamples() {
        int modelSamples = model.stft().overlapSamples() + 2 * model.stft().hopSamples();
        if (toModel == null) {
            return modelSamples;
        }
        long atStreamRate = (long) (modelSamples + fromModel.lookAheadSamples()) * streamRateHz / model.sampleRateHz();
        return (int) atStreamRate + 2 * toModel.lookAheadSamples() + 2;
    }

    /** Writes name and version of the model, followed by all memory of the signal. */
    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(model.id().name());
        out.writeUTF(model.id().version());
        out.writeInt(silentSamples);
        concealer.writeTo(out);
        out.writeInt(leadInSamples);
        if (toModel != null) {
            toModel.writeTo(out);
            fromModel.writeTo(out);
        }
        finished.writeTo(out);
        signal.writeTo(out);
        out.writeBoolean(dryMix != null);
        out.writeBoolean(keepsTones);
        if (dryMix != null) {
            dryMix.writeTo(out);
        }
        ComfortNoise.write(comfortNoise, out);
    }

    /**
     * Replaces the memory of this path by what {@link #writeTo} wrote.
     *
     * @param version version in which it was written
     * @throws IOException if it was written under another model, or is damaged
     */
    void readFrom(DataInput in, int version) throws IOException {
        ModelId stored = new ModelId(in.readUTF(), in.readUTF());
        if (!stored.equals(model.id())) {
            throw new IOException(
                    "The signal was stored with model " + stored + " and can't continue with " + model.id() + ".");
        }
        silentSamples = version == 1 ? 0 : in.readInt();
        concealer.readFrom(in);
        leadInSamples = in.readInt();
        if (toModel != null) {
            toModel.readFrom(in);
            fromModel.readFrom(in);
        }
        finished.readFrom(in);
        signal.readFrom(in);
        // The settings that a stream was opened with stay in force, even if the job's options have changed.
        boolean mixed = version >= 3 && in.readBoolean();
        keepsTones = version >= 3 && in.readBoolean();
        dryMix = mixed ? newDryMix() : null;
        if (mixed) {
            dryMix.readFrom(in, version);
        }
        comfortNoise = version >= 4 ? ComfortNoise.read(in) : null;
    }
}
