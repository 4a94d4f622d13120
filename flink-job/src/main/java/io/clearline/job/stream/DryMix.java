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
 * What of a stream's own sound comes back into the enhanced one, sample by sample aligned with it:
 *
 * <ul>
 *   <li>telephone tones, which pass as they came in, with a cross-fade;
 *   <li>what lies above the model's band, turned down as much as the model turns down the highest part of its own.
 * </ul>
 *
 * <p>The input waits here until the enhanced samples for the same time are finished. A tone is found after it began,
 * and the samples since then are marked, as far back as the model's window makes sure that none of them has gone out:
 * so the result does not depend on batches or on how the signal is cut. Thread-confined; allocates nothing once its
 * queues have grown.
 */
final class DryMix {
    private static final int CHUNK_SAMPLES = 1024;
    private static final double FADE_SECONDS = 0.004;
    private static final double FOLLOW_SECONDS = 0.01;
    private static final float SILENCE = 1e-12f;

    private final ToneDetector tones;
    private final SampleFifo dry = new SampleFifo();
    /** For each sample in {@link #dry}: 1 where it belongs to a tone. */
    private final SampleFifo kept = new SampleFifo();
    /** The input within the model's band, at the stream's rate; null where the model's band is the stream's. */
    private final Resampler lowBand;

    private final SampleFifo low = new SampleFifo();
    private final int reachSamples;
    private final float fadeStep;
    private final float follow;
    private final float[] flags = new float[CHUNK_SAMPLES];
    private float[] scratch = new float[CHUNK_SAMPLES];

    /** How many of the samples to come still belong to the last tone. */
    private int keepNext;
    /** Where the cross-fade is: 0 enhanced, 1 as it came in. */
    private float fade;
    /** The last two samples and the smoothed energy of the highest part of the band, enhanced and as it came in. */
    private final float[] highEnhanced = new float[3];

    private final float[] highDry = new float[3];

    /**
     * Begins with a stream.
     *
     * @param keepsTones whether telephone tones pass
     * @param lookAheadSamples how long after its time a sample is finished at the earliest
     */
    DryMix(int streamRateHz, int modelRateHz, boolean keepsTones, int lookAheadSamples) {
        tones = keepsTones ? new ToneDetector(streamRateHz) : null;
        lowBand = streamRateHz > modelRateHz ? new Resampler(modelRateHz, streamRateHz) : null;
        reachSamples = tones == null ? 0 : Math.min(lookAheadSamples, tones.reachSamples());
        fadeStep = (float) (1 / (FADE_SECONDS * streamRateHz));
        follow = (float) (1 / (FOLLOW_SECONDS * streamRateHz));
    }

    /** Takes samples of the stream, at most 1024, before they go into the model; and what of them the model gets. */
    @HotPath
    void received(float[] samples, int offset, int length, float[] modelSamples, int modelLength) {
        dry.add(samples, offset, length);
        if (tones != null) {
            mark(samples, offset, length);
        }
        if (lowBand != null) {
            makeRoom(lowBand.maxOutputSamples(modelLength));
            low.add(scratch, 0, lowBand.process(modelSamples, 0, modelLength, scratch, 0));
        }
    }

    private void makeRoom(int length) {
        if (scratch.length < length) {
            scratch = new float[length];
        }
    }

    @HotPath
    private void mark(float[] samples, int offset, int length) {
        int taken = 0;
        while (taken < length) {
            int part = Math.min(length - taken, tones.nextDecision());
            for (int i = 0; i < part; i++) {
                flags[i] = keepNext > 0 ? 1 : 0;
                keepNext = Math.max(0, keepNext - 1);
            }
            kept.add(flags, 0, part);
            boolean found = tones.push(samples, offset + taken, part);
            taken += part;
            if (found) {
                int reach = Math.min(reachSamples, kept.size());
                int end = kept.head() + kept.size();
                for (int i = end - reach; i < end; i++) {
                    kept.array()[i] = 1;
                }
                keepNext = tones.holdSamples();
            }
        }
    }

    /** Mixes into enhanced samples what belongs to them. */
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
                float target = kept.array()[kept.head() + i];
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
            kept.remove(length);
        }
    }

    /**
     * The gain of the highest part of the model's band: second differences weigh it by the fourth power of frequency.
     */
    @HotPath
    private float highGain(float enhanced, float within) {
        float out = energy(highEnhanced, enhanced);
        float in = energy(highDry, within);
        return in <= SILENCE ? 1 : (float) Math.sqrt(Math.min(1, out / in));
    }

    @HotPath
    private float energy(float[] memory, float sample) {
        float difference = sample - 2 * memory[0] + memory[1];
        memory[1] = memory[0];
        memory[0] = sample;
        memory[2] = Math.fma(follow, difference * difference - memory[2], memory[2]);
        return memory[2];
    }

    void writeTo(DataOutput out) throws IOException {
        dry.writeTo(out);
        if (tones != null) {
            tones.writeTo(out);
            writeRuns(out);
            out.writeInt(keepNext);
            out.writeFloat(fade);
        }
        if (lowBand != null) {
            lowBand.writeTo(out);
            low.writeTo(out);
            StoredFloats.write(out, highEnhanced);
            StoredFloats.write(out, highDry);
        }
    }

    /** @param version of the signal that was stored, as {@link SignalPath#VERSION} */
    void readFrom(DataInput in, int version) throws IOException {
        dry.readFrom(in);
        if (tones != null) {
            if (version >= 5) {
                tones.readFrom(in);
            } else {
                tones.readWithoutWindowFrom(in);
            }
            readRuns(in);
            keepNext = in.readInt();
            fade = in.readFloat();
        }
        if (lowBand != null) {
            lowBand.readFrom(in);
            low.readFrom(in);
            StoredFloats.read(in, highEnhanced);
            StoredFloats.read(in, highDry);
        }
    }

    /** The marks come in long runs of the same. */
    private void writeRuns(DataOutput out) throws IOException {
        int at = 0;
        while (at < kept.size()) {
            float value = kept.array()[kept.head() + at];
            int begin = at;
            while (at < kept.size() && kept.array()[kept.head() + at] == value) {
                at++;
            }
            out.writeInt(value == 1 ? at - begin : begin - at);
        }
        out.writeInt(0);
    }

    private void readRuns(DataInput in) throws IOException {
        kept.remove(kept.size());
        for (int run = in.readInt(); run != 0; run = in.readInt()) {
            float value = run > 0 ? 1 : 0;
            if (kept.size() + Math.abs((long) run) > dry.size()) {
                throw new IOException("The stored tones mark more samples than the " + dry.size() + " that wait.");
            }
            Arrays.fill(flags, value);
            for (int left = Math.abs(run); left > 0; left -= flags.length) {
                kept.add(flags, 0, Math.min(left, flags.length));
            }
        }
    }
}
