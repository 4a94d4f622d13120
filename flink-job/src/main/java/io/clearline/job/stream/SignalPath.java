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
 * The memory of one stream's signal, from decoded samples to finished ones: concealment, conversion to the model's
 * sample rate, STFT and features, conversion back, and the samples that wait for their frame to fill.
 *
 * <p>No delay shows: the samples that come out are aligned with those that went in; they only come later.
 */
final class SignalPath {
    /** The version that {@link #writeTo} writes. */
    static final int VERSION = 5;

    private EnhancementModel model;
    private final int streamRateHz;
    private final Concealer concealer;
    private final Resampler toModel;
    private final Resampler fromModel;
    private boolean keepsTones;
    private SignalState signal;
    /** Null where the stream was stored by a release that had none, until the stream begins again. */
    private DryMix dryMix;
    /** Null: none. */
    private ComfortNoise comfortNoise;

    private final SampleFifo finished = new SampleFifo();
    /** Samples at the model's rate that the synthesis still gives for the time before the stream began. */
    private int leadInSamples;
    /** Samples at the stream's rate that are still to come of a silence that was pushed and belongs to no frame. */
    private int silentSamples;

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

    /** Null where nothing of the stream's own sound comes back: there are no tones to keep and no band above. */
    private DryMix newDryMix() {
        if (!keepsTones && streamRateHz <= model.sampleRateHz()) {
            return null;
        }
        int lookAhead = (int) ((long) model.stft().overlapSamples() * streamRateHz / model.sampleRateHz());
        return new DryMix(streamRateHz, model.sampleRateHz(), keepsTones, lookAhead);
    }

    /** Goes on under another model of the same rate and STFT; no hop may wait. */
    void changeModel(EnhancementModel other) {
        signal = signal.under(other);
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

    SampleFifo finished() {
        return finished;
    }

    /** Most samples at the model's rate that {@link #convert} gives for {@code length} samples of the stream. */
    int maxModelSamples(int length) {
        return toModel == null ? length : toModel.maxOutputSamples(length);
    }

    /** Most samples at the stream's rate that one hop of the model finishes. */
    int maxStreamSamplesPerHop() {
        int hopSamples = model.stft().hopSamples();
        return fromModel == null ? hopSamples : fromModel.maxOutputSamples(hopSamples);
    }

    /**
     * Where the window of the next hop begins, in samples of the stream after the last that was handed out; negative
     * where it begins before the stream does.
     *
     * @param waitingHops hops that are not finished
     */
    @HotPath
    int windowStart(int waitingHops) {
        long modelSamples = (long) waitingHops * model.stft().hopSamples() - leadInSamples;
        return finished.size() - silentSamples + (int) (modelSamples * streamRateHz / model.sampleRateHz());
    }

    /** Samples of the stream that one window of the model reaches, the filters' tails among them. */
    @HotPath
    int windowStreamSamples() {
        int windowSamples = model.stft().windowSamples();
        if (fromModel == null) {
            return windowSamples;
        }
        return fromModel.maxOutputSamples(windowSamples + 2 * fromModel.lookAheadSamples());
    }

    /** Converts samples of the stream to the model's rate; gives how many came out. */
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
     * Takes the samples that a hop finished, drops what precedes the stream, and makes the rest wait for their frame.
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
     * Takes a silence out of the output again that was pushed to bring out the samples before it: what is finished is
     * dropped, the rest when it comes. So the samples that are pushed next follow those before the silence.
     *
     * @param samples how many were pushed, at the stream's rate
     */
    void removeSilence(int samples) {
        silentSamples = samples - finished.size();
        finished.remove(finished.size());
    }

    /** Silence at the stream's rate that pushes every sample out of the path. */
    int drainSamples() {
        int modelSamples = model.stft().overlapSamples() + 2 * model.stft().hopSamples();
        if (toModel == null) {
            return modelSamples;
        }
        long atStreamRate = (long) (modelSamples + fromModel.lookAheadSamples()) * streamRateHz / model.sampleRateHz();
        return (int) atStreamRate + 2 * toModel.lookAheadSamples() + 2;
    }

    /** Writes the model's name and version, and everything that its signal needs. */
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
     * Continues what {@link #writeTo} stored.
     *
     * @param version of what was stored
     * @throws IOException when it was stored with another model
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
        // A stream goes on as it began, whatever the options say now.
        boolean mixed = version >= 3 && in.readBoolean();
        keepsTones = version >= 3 && in.readBoolean();
        dryMix = mixed ? newDryMix() : null;
        if (mixed) {
            dryMix.readFrom(in, version);
        }
        comfortNoise = version >= 4 ? ComfortNoise.read(in) : null;
    }
}
