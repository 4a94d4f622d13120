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
package io.clearline.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Conceals lost samples. Repeats the last pitch period for 60 ms, then fades to silence, and cross-fades to the signal
 * when it returns. The algorithm is similar to ITU-T G.711 Appendix I.
 *
 * <p>Pass every received sample to {@link #received}, and call {@link #conceal} in place of lost ones. Thread-confined;
 * allocates nothing after construction.
 */
public final class Concealer {
    private static final int HISTORY_MILLIS = 40;
    /** Length of the newest samples that are correlated with earlier ones. */
    private static final int MATCH_MILLIS = 20;
    /** Pitch periods from 2.5 to 15 ms: 400 to 67 Hz. */
    private static final double MIN_LAG_MILLIS = 2.5;

    private static final int MAX_LAG_MILLIS = 15;
    private static final int FULL_LEVEL_MILLIS = 60;
    private static final int FADE_MILLIS = 20;
    private static final int CROSS_FADE_MILLIS = 4;
    /** Length over which the step at the start of the concealment is smoothed. */
    private static final int JOIN_MILLIS = 2;

    private final int matchSamples;
    private final int minLag;
    private final int maxLag;
    private final int fullLevelSamples;
    private final int fadeSamples;
    private final int crossFadeSamples;
    private final int joinSamples;
    /** The last received samples, oldest first. */
    private final float[] history;
    /** The pitch period that is repeated; the first {@link #lag} samples are valid. */
    private final float[] period;

    /** Length of the period in samples. */
    private int lag;
    /**
     * Difference between the last received sample and the sample one period before it. The repetition would start with
     * a step of this height.
     */
    private float joinStep;

    /** Samples since the start of the loss, at most until the end of the fade; 0 if nothing is concealed. */
    private int lostSamples;

    private int crossFadeLeft;

    public Concealer(int sampleRateHz) {
        matchSamples = sampleRateHz * MATCH_MILLIS / 1000;
        minLag = (int) (sampleRateHz * MIN_LAG_MILLIS / 1000);
        maxLag = sampleRateHz * MAX_LAG_MILLIS / 1000;
        fullLevelSamples = sampleRateHz * FULL_LEVEL_MILLIS / 1000;
        fadeSamples = sampleRateHz * FADE_MILLIS / 1000;
        crossFadeSamples = sampleRateHz * CROSS_FADE_MILLIS / 1000;
        joinSamples = sampleRateHz * JOIN_MILLIS / 1000;
        history = new float[sampleRateHz * HISTORY_MILLIS / 1000];
        period = new float[maxLag];
    }

    /**
     * Takes received samples into the history. The first samples after a loss are modified in place: they are
     * cross-faded with the concealment before them.
     */
    @HotPath
    public void received(float[] samples, int offset, int length) {
        if (lostSamples > 0) {
            crossFade(samples, offset, length);
        }
        if (length >= history.length) {
            System.arraycopy(samples, offset + length - history.length, history, 0, history.length);
        } else {
            System.arraycopy(history, length, history, 0, history.length - length);
            System.arraycopy(samples, offset, history, history.length - length, length);
        }
    }

    /** Writes {@code length} samples in place of lost ones. */
    @HotPath
    public void conceal(float[] out, int offset, int length) {
        if (lostSamples == 0 || crossFadeLeft < crossFadeSamples) {
            startLoss();
        }
        for (int i = 0; i < length; i++) {
            out[offset + i] = nextConcealed();
        }
    }

    @HotPath
    private void crossFade(float[] samples, int offset, int length) {
        int faded = Math.min(length, crossFadeLeft);
        for (int i = 0; i < faded; i++) {
            float weight = (float) crossFadeLeft / (crossFadeSamples + 1);
            float concealed = nextConcealed();
            samples[offset + i] += weight * (concealed - samples[offset + i]);
            crossFadeLeft--;
        }
        if (crossFadeLeft == 0) {
            lostSamples = 0;
        }
    }

    @HotPath
    private float nextConcealed() {
        float sample = period[lostSamples % lag] * level(lostSamples);
        if (lostSamples < joinSamples) {
            sample += joinStep * (joinSamples - lostSamples) / (joinSamples + 1);
        }
        // After the fade every sample is zero, so the count stops, which prevents an overflow.
        if (lostSamples < fullLevelSamples + fadeSamples) {
            lostSamples++;
        }
        return sample;
    }

    /** Returns the gain of a concealed sample: 1, then a linear fade to 0. */
    @HotPath
    private float level(int sample) {
        int faded = sample - fullLevelSamples;
        return faded <= 0 ? 1f : Math.max(0f, 1f - (float) faded / fadeSamples);
    }

    /**
     * Finds the pitch period, and prepares its repetition without clicks: smooths the transition from its end to its
     * start and the step from the last received sample.
     */
    @HotPath
    private void startLoss() {
        lag = bestLag();
        lostSamples = 0;
        crossFadeLeft = crossFadeSamples;
        int start = history.length - lag;
        joinStep = history[history.length - 1] - history[start - 1];
        System.arraycopy(history, start, period, 0, lag);
        int seam = lag / 4;
        for (int i = 0; i < seam; i++) {
            float weight = (float) (i + 1) / (seam + 1);
            int tail = lag - seam + i;
            // Cross-fades the end of the period to the samples before its start, so that the next repetition follows
            // without a click.
            float before = history[start - seam + i];
            period[tail] += weight * (before - period[tail]);
        }
    }

    /** Returns the lag with the largest normalised correlation between the newest 20 ms and the samples before them. */
    @HotPath
    private int bestLag() {
        int newest = history.length - matchSamples;
        int best = maxLag;
        float bestScore = 0f;
        for (int candidate = minLag; candidate <= maxLag; candidate++) {
            float correlation = 0f;
            float energy = 1e-9f;
            for (int i = 0; i < matchSamples; i++) {
                float earlier = history[newest + i - candidate];
                correlation = Math.fma(history[newest + i], earlier, correlation);
                energy = Math.fma(earlier, earlier, energy);
            }
            float score = correlation <= 0f ? 0f : correlation * correlation / energy;
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best;
    }

    /** Resets to the start of a signal. */
    public void reset() {
        Arrays.fill(history, 0f);
        Arrays.fill(period, 0f);
        lag = 0;
        joinStep = 0f;
        lostSamples = 0;
        crossFadeLeft = 0;
    }

    /** Writes the state for {@link #readFrom}. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(lag);
        out.writeFloat(joinStep);
        out.writeInt(lostSamples);
        out.writeInt(crossFadeLeft);
        StoredFloats.write(out, history);
        StoredFloats.write(out, period, 0, lag);
    }

    /**
     * Replaces the state by one that {@link #writeTo} of a concealer of the same sample rate wrote.
     *
     * @throws IOException if the stored state does not fit this sample rate; this concealer is then reset
     */
    public void readFrom(DataInput in) throws IOException {
        reset();
        int storedLag = in.readInt();
        float storedStep = in.readFloat();
        int storedLost = in.readInt();
        int storedCrossFade = in.readInt();
        boolean lagFits = storedLag >= minLag && storedLag <= maxLag || storedLag == 0 && storedLost == 0;
        if (!lagFits || storedLost < 0 || storedCrossFade < 0 || storedCrossFade > crossFadeSamples) {
            throw new IOException("The stored concealment (period " + storedLag + ", lost " + storedLost
                    + ", cross-fade " + storedCrossFade + " samples) does not fit periods of " + minLag + " to "
                    + maxLag + " samples. It was stored for another sample rate.");
        }
        lag = storedLag;
        joinStep = storedStep;
        lostSamples = storedLost;
        crossFadeLeft = storedCrossFade;
        StoredFloats.read(in, history);
        StoredFloats.read(in, period, 0, lag);
    }
}
