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

import io.clearline.dsp.HotPath;
import io.clearline.dsp.Resampler;
import io.clearline.dsp.StoredFloats;
import io.clearline.dsp.tones.ToneDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Mixes parts of a channel's input back into its enhanced signal, aligned sample by sample:
 *
 * <ul>
 *   <li>telephone tones, which pass unchanged, with a cross-fade at both ends;
 *   <li>the band above that of the model, attenuated as much as the model attenuates the highest part of its own band.
 * </ul>
 *
 * <p>The input waits here until the enhanced samples for the same time are finished. A tone is detected only some time
 * after its start, so the samples since then are marked afterwards. Marking reaches back no further than the model's
 * look-ahead, so that no marked sample has been output yet. The result therefore does not depend on batches or on how
 * the signal is cut into pieces.
 *
 * <p>Thread-confined; allocates nothing once its queues have grown.
 */
final class DryMix {
    /** The most samples that {@link #received} takes at a time. */
    private static final int CHUNK_SAMPLES = 1024;
    /** Length of the cross-fade between the enhanced signal and a tone. */
    private static final double FADE_SECONDS = 0.004;
    /** Time constant of the energies in {@link #highGain}. */
    private static final double SMOOTHING_SECONDS = 0.01;
    /** Energy of the highest part of the band below which no gain can be estimated. */
    private static final float SILENCE_ENERGY = 1e-12f;

    /** Null if tones are not preserved. */
    private final ToneDetector tones;
    /** The input that has not been mixed yet. */
    private final SampleFifo dry = new SampleFifo();
    /** For each sample in {@link #dry}: 1 if it belongs to a tone, else 0. */
    private final SampleFifo toneMarks = new SampleFifo();
    /** Converts the model's input back to the stream's rate; null if the stream has no band above the model's. */
    private final Resampler lowBand;

    /** The part of {@link #dry} within the model's band, at the stream's rate. */
    private final SampleFifo low = new SampleFifo();
    /** How many of the latest samples are marked when a tone is detected. */
    private final int reachSamples;
    /** Change of {@link #fade} per sample. */
    private final float fadeStep;
    /** Weight of a new sample in the smoothed energies. */
    private final float smoothing;

    private final float[] flags = new float[CHUNK_SAMPLES];
    private float[] scratch = new float[CHUNK_SAMPLES];

    /** How many of the following samples still belong to the last tone. */
    private int toneSamplesLeft;
    /** Position of the cross-fade, from 0 (enhanced) to 1 (input). */
    private float fade;
    /** Memory of {@link #energy} for the enhanced signal: the last two samples, then the smoothed energy. */
    private final float[] highEnhanced = new float[3];

    /** The same memory for the input. */
    private final float[] highDry = new float[3];

    /**
     * Creates the mix for a new stream.
     *
     * @param streamRateHz sample rate of the stream
     * @param modelRateHz sample rate of the model
     * @param keepsTones whether telephone tones pass unchanged
     * @param lookAheadSamples how long after its time a sample is finished at the earliest, in samples of the stream
     */
    DryMix(int streamRateHz, int modelRateHz, boolean keepsTones, int lookAheadSamples) {
        tones = keepsTones ? new ToneDetector(streamRateHz) : null;
        lowBand = streamRateHz > modelRateHz ? new Resampler(modelRateHz, streamRateHz) : null;
        reachSamples = tones == null ? 0 : Math.min(lookAheadSamples, tones.reachSamples());
        fadeStep = (float) (1 / (FADE_SECONDS * streamRateHz));
        smoothing = (float) (1 / (SMOOTHING_SECONDS * streamRateHz));
    }

    /**
     * Takes input samples before they go into the model.
     *
     * @param samples samples of the stream
     * @param length number of samples, at most 1024
     * @param modelSamples the same input at the model's rate
     * @param modelLength number of samples at the model's rate
     */
    @HotPath
    void received(float[] samples, int offset, int length, float[] modelSamples, int modelLength) {
        dry.add(samples, offset, length);
        if (tones != null) {
            markTones(samples, offset, length);
        }
        if (lowBand != null) {
            ensureCapacity(lowBand.maxOutputSamples(modelLength));
            low.add(scratch, 0, lowBand.process(modelSamples, 0, modelLength, scratch, 0));
        }
    }

    private void ensureCapacity(int length) {
        if (scratch.length < length) {
            scratch = new float[length];
        }
    }

    /** Detects tones and appends the marks of the samples. */
    @HotPath
    private void markTones(float[] samples, int offset, int length) {
        int taken = 0;
        while (taken < length) {
            int part = Math.min(length - taken, tones.nextDecision());
            for (int i = 0; i < part; i++) {
                flags[i] = toneSamplesLeft > 0 ? 1 : 0;
                toneSamplesLeft = Math.max(0, toneSamplesLeft - 1);
            }
            toneMarks.add(flags, 0, part);
            boolean found = tones.push(samples, offset + taken, part);
            taken += part;
            if (found) {
                int reach = Math.min(reachSamples, toneMarks.size());
                int end = toneMarks.head() + toneMarks.size();
                for (int i = end - reach; i < end; i++) {
                    toneMarks.array()[i] = 1;
                }
                toneSamplesLeft = tones.holdSamples();
            }
        }
    }

    /**
     * Mixes the input that belongs to them into {@code length} enhanced samples, in place. Only input that was
     * {@link #received} can be mixed.
     */
    @HotPath
    void mix(float[] enhanced, int offset, int length) {
        for (int i = 0; i < length; i++) {
            float in = dry.array()[dry.head() + i];
            float out = enhanced[offset + i];
            if (lowBand != null) {
                float within = low.array()[low.head() + i];
                out = Math.fma(highGain(out, within), in - within, out);
            }
            if (tones != null) {
                float target = toneMarks.array()[toneMarks.head() + i];
                fade = target > fade ? Math.min(1, fade + fadeStep) : Math.max(target, fade - fadeStep);
                out = fade == 1 ? in : Math.fma(fade, in - out, out);
            }
            enhanced[offset + i] = out;
        }
        dry.remove(length);
        if (lowBand != null) {
            low.remove(length);
        }
        if (tones != null) {
            toneMarks.remove(length);
        }
    }

    /**
     * Returns the gain that the model applies to the highest part of its band. The energy of second differences weights
     * frequencies by about their fourth power, so the highest ones dominate.
     */
    @HotPath
    private float highGain(float enhanced, float within) {
        float out = energy(highEnhanced, enhanced);
        float in = energy(highDry, within);
        return in <= SILENCE_ENERGY ? 1 : (float) Math.sqrt(Math.min(1, out / in));
    }

    /** Updates a memory with a sample and returns the smoothed energy of the signal's second differences. */
    @HotPath
    private float energy(float[] memory, float sample) {
        float difference = sample - 2 * memory[0] + memory[1];
        memory[1] = memory[0];
        memory[0] = sample;
        memory[2] = Math.fma(smoothing, difference * difference - memory[2], memory[2]);
        return memory[2];
    }

    void writeTo(DataOutput out) throws IOException {
        dry.writeTo(out);
        if (tones != null) {
            tones.writeTo(out);
            writeRuns(out);
            out.writeInt(toneSamplesLeft);
            out.writeFloat(fade);
        }
        if (lowBand != null) {
            lowBand.writeTo(out);
            low.writeTo(out);
            StoredFloats.write(out, highEnhanced);
            StoredFloats.write(out, highDry);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param version version in which the signal was stored, see {@link SignalPath#VERSION}
     * @throws IOException if the data is damaged
     */
    void readFrom(DataInput in, int version) throws IOException {
        dry.readFrom(in);
        if (tones != null) {
            if (version >= 5) {
                tones.readFrom(in);
            } else {
                tones.readWithoutWindowFrom(in);
            }
            readRuns(in);
            toneSamplesLeft = in.readInt();
            fade = in.readFloat();
        }
        if (lowBand != null) {
            lowBand.readFrom(in);
            low.readFrom(in);
            StoredFloats.read(in, highEnhanced);
            StoredFloats.read(in, highDry);
        }
    }

    /**
     * Writes the marks as run lengths, positive for tones and negative otherwise, followed by 0. Marks come in long
     * runs of the same value.
     */
    private void writeRuns(DataOutput out) throws IOException {
        int at = 0;
        while (at < toneMarks.size()) {
            float value = toneMarks.array()[toneMarks.head() + at];
            int begin = at;
            while (at < toneMarks.size() && toneMarks.array()[toneMarks.head() + at] == value) {
                at++;
            }
            out.writeInt(value == 1 ? at - begin : begin - at);
        }
        out.writeInt(0);
    }

    private void readRuns(DataInput in) throws IOException {
        toneMarks.remove(toneMarks.size());
        for (int run = in.readInt(); run != 0; run = in.readInt()) {
            float value = run > 0 ? 1 : 0;
            if (toneMarks.size() + Math.abs((long) run) > dry.size()) {
                throw new IOException("Expected tone marks for at most " + dry.size()
                        + " stored samples, found more; the state is damaged.");
            }
            Arrays.fill(flags, value);
            for (int left = Math.abs(run); left > 0; left -= flags.length) {
                toneMarks.add(flags, 0, Math.min(left, flags.length));
            }
        }
    }
}
