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
package io.clearline.training.segments;

import java.util.Arrays;

/**
 * A loss for intelligibility: 1 minus the correlation of the third-octave envelopes of estimate and speech over windows
 * of 384 ms, the quantity that STOI averages (Taal, Hendriks, Heusdens, Jensen 2011; as a loss: Kolbaek, Tan, Jensen
 * 2018). Unlike STOI it uses the STFT of the model and does not clip the envelopes. Windows without speech are ignored.
 * The loss is the mean over the segments. Thread-confined.
 */
final class EnvelopeLoss {
    /** Number of third-octave bands, as in STOI. */
    private static final int BANDS = 15;

    /** Centre frequency of the lowest band, as in STOI. */
    private static final double FIRST_CENTRE_HZ = 150;

    private static final double WINDOW_SECONDS = 0.384;
    /** Windows overlap by three quarters. */
    private static final int WINDOWS_PER_LENGTH = 4;
    /** Windows with less energy relative to the loudest window of the segment, -30 dB, are silent. */
    private static final double SILENT = 1e-3;

    /** Keeps the derivative of the square root finite. */
    private static final float TINY = 1e-12f;

    private final double factor;
    private final int columns;
    private final int hopsPerSegment;
    private final int windowHops;
    private final int strideHops;
    private final int[] firstBin = new int[BANDS];
    private final int[] endBin = new int[BANDS];
    /** Envelopes of the speech, {@code [bands x columns]}. */
    private final float[] speech;

    /** Envelopes of the estimate, {@code [bands x columns]}. */
    private final float[] estimate;

    /** Derivative of the loss of a segment with respect to {@link #estimate}. */
    private final float[] estimateSlope;

    /** A window of the speech envelope, without its mean. */
    private final double[] x;

    /** A window of the estimated envelope, without its mean. */
    private final double[] y;

    /**
     * Creates a loss for batches of one shape.
     *
     * @param factor weight of the loss, in dB
     * @param binHz distance of two bins
     */
    EnvelopeLoss(double factor, int bins, double binHz, double hopsPerSecond, int columns, int hopsPerSegment) {
        this.factor = factor;
        this.columns = columns;
        this.hopsPerSegment = hopsPerSegment;
        windowHops = Math.max(2, Math.min(hopsPerSegment, (int) Math.round(WINDOW_SECONDS * hopsPerSecond)));
        strideHops = Math.max(1, windowHops / WINDOWS_PER_LENGTH);
        for (int band = 0; band < BANDS; band++) {
            double centre = FIRST_CENTRE_HZ * Math.pow(2, band / 3.0);
            firstBin[band] = (int) Math.min(bins, Math.round(centre * Math.pow(2, -1 / 6.0) / binHz));
            endBin[band] = (int) Math.min(bins, Math.round(centre * Math.pow(2, 1 / 6.0) / binHz));
        }
        speech = new float[BANDS * columns];
        estimate = new float[BANDS * columns];
        estimateSlope = new float[BANDS * columns];
        x = new double[windowHops];
        y = new double[windowHops];
    }

    /** Returns the weighted loss, and adds its derivative with respect to the mask to {@code slope}. */
    double add(float[] mask, SegmentBatch batch, float[] slope) {
        for (int band = 0; band < BANDS; band++) {
            fillEnvelopes(band, mask, batch);
        }
        Arrays.fill(estimateSlope, 0);
        int segments = columns / hopsPerSegment;
        double loss = 0;
        for (int segment = 0; segment < segments; segment++) {
            loss += segmentLoss(segment * hopsPerSegment) / segments;
        }
        float perSegment = 1f / segments;
        for (int band = 0; band < BANDS; band++) {
            addSlope(band, perSegment, mask, batch, slope);
        }
        return loss;
    }

    private void fillEnvelopes(int band, float[] mask, SegmentBatch batch) {
        int at = band * columns;
        Arrays.fill(speech, at, at + columns, 0);
        Arrays.fill(estimate, at, at + columns, 0);
        for (int bin = firstBin[band]; bin < endBin[band]; bin++) {
            for (int column = 0; column < columns; column++) {
                int n = bin * columns + column;
                speech[at + column] += batch.speechPower[n];
                estimate[at + column] += mask[n] * mask[n] * batch.mixturePower[n];
            }
        }
        for (int n = at; n < at + columns; n++) {
            speech[n] = (float) Math.sqrt(speech[n]);
            estimate[n] = (float) Math.sqrt(estimate[n] + TINY);
        }
    }

    /** Returns the loss of a segment, averaged over its windows with speech and over the bands. */
    private double segmentLoss(int firstColumn) {
        double loudest = 0;
        for (int start = 0; start + windowHops <= hopsPerSegment; start += strideHops) {
            loudest = Math.max(loudest, speechEnergy(firstColumn + start));
        }
        int windows = 0;
        for (int start = 0; start + windowHops <= hopsPerSegment; start += strideHops) {
            windows += sounds(firstColumn + start, loudest) ? 1 : 0;
        }
        double loss = 0;
        for (int start = 0; start + windowHops <= hopsPerSegment; start += strideHops) {
            if (sounds(firstColumn + start, loudest)) {
                for (int band = 0; band < BANDS; band++) {
                    double weight = factor / windows / BANDS;
                    loss += weight * (1 - correlation(band * columns + firstColumn + start, weight));
                }
            }
        }
        return loss;
    }

    private boolean sounds(int column, double loudest) {
        return loudest > 0 && speechEnergy(column) > SILENT * loudest;
    }

    private double speechEnergy(int column) {
        double energy = 0;
        for (int band = 0; band < BANDS; band++) {
            for (int n = band * columns + column; n < band * columns + column + windowHops; n++) {
                energy += (double) speech[n] * speech[n];
            }
        }
        return energy;
    }

    /** Returns the correlation in one window of one band, and adds the derivative of the weighted loss. */
    private double correlation(int at, double weight) {
        double speechNorm = centred(speech, at, x);
        double estimateNorm = centred(estimate, at, y);
        double product = 0;
        for (int i = 0; i < windowHops; i++) {
            product += x[i] * y[i];
        }
        double correlation = product / (speechNorm * estimateNorm);
        for (int i = 0; i < windowHops; i++) {
            double correlationSlope =
                    x[i] / (speechNorm * estimateNorm) - correlation * y[i] / (estimateNorm * estimateNorm);
            estimateSlope[at + i] -= (float) (weight * correlationSlope);
        }
        return correlation;
    }

    /** Copies values without their mean, and returns the norm of the result. */
    private static double centred(float[] values, int at, double[] to) {
        double mean = 0;
        for (int i = 0; i < to.length; i++) {
            mean += values[at + i] / to.length;
        }
        double energy = 1e-12;
        for (int i = 0; i < to.length; i++) {
            to[i] = values[at + i] - mean;
            energy += to[i] * to[i];
        }
        return Math.sqrt(energy);
    }

    /** Back-propagates from the envelopes of a band to the mask. */
    private void addSlope(int band, float factor, float[] mask, SegmentBatch batch, float[] slope) {
        int at = band * columns;
        for (int bin = firstBin[band]; bin < endBin[band]; bin++) {
            for (int column = 0; column < columns; column++) {
                int n = bin * columns + column;
                slope[n] +=
                        factor * estimateSlope[at + column] * mask[n] * batch.mixturePower[n] / estimate[at + column];
            }
        }
    }
}
