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
package io.clearline.evaluation;

import io.clearline.dsp.Resampler;
import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Short-time objective intelligibility (Taal, Hendriks, Heusdens, Jensen, IEEE TASLP 19(7), 2011), from about 0 to 1.
 * The signals are resampled to 10 kHz, and frames in which the reference is silent are removed. The score is the mean
 * correlation of 15 third-octave envelopes over segments of 384 ms.
 *
 * <p>An instance holds one reference, with which several signals can be compared. Thread-confined, because it reuses
 * its FFT.
 */
public final class Stoi {
    private static final int RATE_HZ = 10_000;
    private static final int FRAME = 256;
    private static final int HOP = FRAME / 2;
    private static final int FFT = 512;
    private static final int BANDS = 15;
    /** The centre of the first third-octave band. */
    private static final double MIN_CENTRE_HZ = 150;

    private static final int SEGMENT_FRAMES = 30;
    /** Frames of the reference that are this much below its loudest one count as silent. */
    private static final double DYNAMIC_RANGE_DB = 40;

    /** The limit of an envelope relative to the clean one, which bounds the signal-to-distortion ratio to -15 dB. */
    private static final double CLIP = 1 + Math.pow(10, 15 / 20.0);

    /** Avoids divisions by zero. */
    private static final double TINY = Math.ulp(1.0);

    private static final double[] WINDOW = hann();
    private static final int[] BAND_EDGES = bandEdges();

    private final DoubleFFT_1D fft = new DoubleFFT_1D(FFT);
    private final int inputSamples;
    private final int sampleRateHz;
    private final double[] reference;
    private final boolean[] loud;
    private final double[][] referenceBands;

    /**
     * Prepares the reference.
     *
     * @param reference the clean signal
     * @param sampleRateHz sample rate of all signals, at least 8 kHz
     */
    public Stoi(float[] reference, int sampleRateHz) {
        this.inputSamples = reference.length;
        this.sampleRateHz = sampleRateHz;
        this.reference = resampled(reference);
        this.loud = loudFrames(this.reference);
        this.referenceBands = bands(withoutSilence(this.reference));
    }

    /**
     * Returns the intelligibility of a single estimate; NaN when less than 384 ms of the reference are above silence.
     *
     * @throws IllegalArgumentException when the lengths differ
     */
    public static double stoi(float[] reference, float[] estimate, int sampleRateHz) {
        return new Stoi(reference, sampleRateHz).of(estimate);
    }

    /**
     * Returns the intelligibility of an estimate, as {@link #stoi}.
     *
     * @throws IllegalArgumentException when the length is not that of the reference
     */
    public double of(float[] estimate) {
        return meanOverSegments(estimate, Stoi::correlationOfEnvelopes);
    }

    /**
     * Returns the extended STOI of an estimate (Jensen, Taal, IEEE/ACM TASLP 24(11), 2016), which also accounts for
     * modulated noise. It is the mean correlation of whole spectra over the same segments, after first every band and
     * then every frame of a segment has been normalised to mean 0 and norm 1.
     *
     * @return the score from about 0 to 1; NaN as {@link #stoi}
     * @throws IllegalArgumentException when the length is not that of the reference
     */
    public double extendedOf(float[] estimate) {
        return meanOverSegments(estimate, Stoi::correlationOfSpectra);
    }

    /** Compares a segment of two signals, each {@code [bands x frames]}. May modify both. */
    private interface Comparison {
        double of(double[][] clean, double[][] noisy);
    }

    private double meanOverSegments(float[] estimate, Comparison comparison) {
        if (estimate.length != inputSamples) {
            throw new IllegalArgumentException(
                    "reference has " + inputSamples + " samples, estimate has " + estimate.length);
        }
        double[][] estimateBands = bands(withoutSilence(resampled(estimate)));
        int segments = referenceBands.length - SEGMENT_FRAMES + 1;
        if (segments < 1) {
            return Double.NaN;
        }
        double sum = 0;
        for (int start = 0; start < segments; start++) {
            sum += comparison.of(segment(referenceBands, start), segment(estimateBands, start));
        }
        return sum / segments;
    }

    private static double correlationOfEnvelopes(double[][] clean, double[][] noisy) {
        double sum = 0;
        for (int band = 0; band < BANDS; band++) {
            sum += clippedCorrelation(clean[band], noisy[band]);
        }
        return sum / BANDS;
    }

    private static double correlationOfSpectra(double[][] clean, double[][] noisy) {
        for (int band = 0; band < BANDS; band++) {
            normalise(clean[band]);
            normalise(noisy[band]);
        }
        double sum = 0;
        double[] cleanFrame = new double[BANDS];
        double[] noisyFrame = new double[BANDS];
        for (int frame = 0; frame < SEGMENT_FRAMES; frame++) {
            for (int band = 0; band < BANDS; band++) {
                cleanFrame[band] = clean[band][frame];
                noisyFrame[band] = noisy[band][frame];
            }
            normalise(cleanFrame);
            normalise(noisyFrame);
            sum += product(cleanFrame, noisyFrame);
        }
        return sum / SEGMENT_FRAMES;
    }

    /** Normalises to mean 0 and norm 1. */
    private static void normalise(double[] values) {
        removeMean(values);
        double norm = norm(values) + TINY;
        for (int i = 0; i < values.length; i++) {
            values[i] /= norm;
        }
    }

    private static double clippedCorrelation(double[] clean, double[] noisy) {
        double gain = norm(clean) / (norm(noisy) + TINY);
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = Math.min(noisy[i] * gain, clean[i] * CLIP);
        }
        removeMean(clean);
        removeMean(noisy);
        return product(clean, noisy) / ((norm(clean) + TINY) * (norm(noisy) + TINY));
    }

    private static double[][] segment(double[][] bands, int start) {
        double[][] segment = new double[BANDS][SEGMENT_FRAMES];
        for (int band = 0; band < BANDS; band++) {
            for (int i = 0; i < SEGMENT_FRAMES; i++) {
                segment[band][i] = bands[start + i][band];
            }
        }
        return segment;
    }

    /** Returns third-octave magnitudes, {@code [frames x bands]}. */
    private double[][] bands(double[] samples) {
        int frames = frames(samples.length);
        double[][] bands = new double[frames][BANDS];
        double[] spectrum = new double[FFT];
        for (int frame = 0; frame < frames; frame++) {
            Arrays.fill(spectrum, 0);
            for (int i = 0; i < FRAME; i++) {
                spectrum[i] = WINDOW[i] * samples[frame * HOP + i];
            }
            fft.realForward(spectrum);
            for (int band = 0; band < BANDS; band++) {
                double energy = 0;
                for (int bin = BAND_EDGES[2 * band]; bin < BAND_EDGES[2 * band + 1]; bin++) {
                    energy += spectrum[2 * bin] * spectrum[2 * bin] + spectrum[2 * bin + 1] * spectrum[2 * bin + 1];
                }
                bands[frame][band] = Math.sqrt(energy);
            }
        }
        return bands;
    }

    /** Returns the overlap-add of the frames in which the reference is not silent. */
    private double[] withoutSilence(double[] samples) {
        int kept = 0;
        double[] joined = new double[(loud.length + 1) * HOP];
        for (int frame = 0; frame < loud.length; frame++) {
            if (loud[frame]) {
                for (int i = 0; i < FRAME; i++) {
                    joined[kept * HOP + i] += WINDOW[i] * samples[frame * HOP + i];
                }
                kept++;
            }
        }
        return Arrays.copyOf(joined, kept == 0 ? 0 : (kept + 1) * HOP);
    }

    private static boolean[] loudFrames(double[] samples) {
        double[] levelsDb = new double[frames(samples.length)];
        double loudestDb = Double.NEGATIVE_INFINITY;
        for (int frame = 0; frame < levelsDb.length; frame++) {
            double energy = 0;
            for (int i = 0; i < FRAME; i++) {
                double sample = WINDOW[i] * samples[frame * HOP + i];
                energy += sample * sample;
            }
            levelsDb[frame] = 20 * Math.log10(Math.sqrt(energy) + TINY);
            loudestDb = Math.max(loudestDb, levelsDb[frame]);
        }
        boolean[] loud = new boolean[levelsDb.length];
        for (int frame = 0; frame < loud.length; frame++) {
            loud[frame] = levelsDb[frame] > loudestDb - DYNAMIC_RANGE_DB;
        }
        return loud;
    }

    private double[] resampled(float[] samples) {
        float[] at10k = samples;
        int length = samples.length;
        if (sampleRateHz != RATE_HZ) {
            Resampler resampler = new Resampler(sampleRateHz, RATE_HZ);
            at10k = new float[2 * resampler.maxOutputSamples(samples.length + 2 * resampler.lookAheadSamples()) + 1024];
            length = resampler.process(samples, 0, samples.length, at10k, 0);
            length += resampler.flush(at10k, length);
        }
        double[] result = new double[length];
        for (int i = 0; i < length; i++) {
            result[i] = at10k[i];
        }
        return result;
    }

    private static int frames(int samples) {
        return samples < FRAME ? 0 : (samples - FRAME) / HOP + 1;
    }

    private static void removeMean(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
        }
    }

    private static double norm(double[] values) {
        return Math.sqrt(product(values, values));
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] hann() {
        double[] window = new double[FRAME];
        for (int i = 0; i < FRAME; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (FRAME + 1));
        }
        return window;
    }

    /** Returns the first bin and the bin after the last one of each band. */
    private static int[] bandEdges() {
        int[] edges = new int[2 * BANDS];
        for (int band = 0; band < BANDS; band++) {
            for (int side = 0; side < 2; side++) {
                double edgeHz = MIN_CENTRE_HZ * Math.pow(2, (2 * band - 1 + 2 * side) / 6.0);
                edges[2 * band + side] = (int) Math.round(edgeHz * FFT / RATE_HZ);
            }
        }
        return edges;
    }
}
