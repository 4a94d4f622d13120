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

import io.clearline.training.LossTerms;

/**
 * The loss of masks over a batch and its slope by each value of the mask: the negative SNR in dB, and what the recipe
 * adds to it. Mean over the segments. Thread-confined.
 *
 * <p>SNR: {@code 10 log10(sum w (|mask X - S|^2 + r max(0, min(Re(X S*), |X|^2) - mask |X|^2)^2 / |X|^2) / E + floor)}
 * with w the weight of the hop, r what taking speech away costs, and E the energy of the speech, or a tenth of the
 * mixture's where the speech has less: so a mixture without speech asks for silence.
 */
public final class SegmentLoss {
    private static final double MIN_SPEECH = 0.1;
    private static final double DECIBEL_SLOPE = 10 / Math.log(10);
    private static final float TINY_POWER = 1e-12f;

    private final LossTerms terms;
    private final int bins;
    private final int columns;
    private final int hopsPerSegment;
    private final EnvelopeLoss envelopes;
    private final RootMagnitudeLoss roots;

    /**
     * Prepares for batches of one shape.
     *
     * @param binHz distance of two bins
     * @param hopsPerSecond of a segment
     */
    public SegmentLoss(LossTerms terms, int bins, double binHz, double hopsPerSecond, int columns, int hopsPerSegment) {
        this.terms = terms;
        this.bins = bins;
        this.columns = columns;
        this.hopsPerSegment = hopsPerSegment;
        envelopes = terms.intelligibility() == 0
                ? null
                : new EnvelopeLoss(terms.intelligibility(), bins, binHz, hopsPerSecond, columns, hopsPerSegment);
        roots = terms.compressed() == 0 ? null : new RootMagnitudeLoss(terms.compressed(), columns, hopsPerSegment);
    }

    /**
     * Computes the loss.
     *
     * @param mask {@code [bins x columns]}
     * @param slope takes the derivative by each value of the mask
     */
    public double compute(float[] mask, SegmentBatch batch, float[] slope) {
        int segments = columns / hopsPerSegment;
        double loss = 0;
        for (int segment = 0; segment < segments; segment++) {
            double energy = Math.max(batch.speechEnergy[segment], MIN_SPEECH * batch.mixtureEnergy[segment]);
            double ratio = Math.max(error(mask, batch, segment, slope), 0) / energy + terms.floor();
            loss += 10 * Math.log10(ratio) / segments;
            scale(slope, segment, (float) (DECIBEL_SLOPE / ratio / energy / segments));
        }
        if (envelopes != null) {
            loss += envelopes.add(mask, batch, slope);
        }
        if (roots != null) {
            loss += roots.add(mask, batch, slope);
        }
        return loss;
    }

    /** The weighted error of a segment; leaves its derivative in the slope. */
    private double error(float[] mask, SegmentBatch batch, int segment, float[] slope) {
        double error = batch.speechEnergy[segment];
        float removal = (float) terms.removal();
        for (int bin = 0; bin < bins; bin++) {
            int from = bin * columns + segment * hopsPerSegment;
            double sum = 0;
            for (int hop = 0; hop < hopsPerSegment; hop++) {
                int n = from + hop;
                float power = batch.mixturePower[n];
                float cross = batch.cross[n];
                float kept = mask[n] * power;
                float missing = Math.max(Math.min(cross, power) - kept, 0);
                float weight = batch.hopWeights[hop];
                sum += weight
                        * (mask[n] * (kept - 2 * cross) + removal * missing * missing / Math.max(power, TINY_POWER));
                slope[n] = 2 * weight * (kept - cross - removal * missing);
            }
            error += sum;
        }
        return error;
    }

    private void scale(float[] slope, int segment, float factor) {
        for (int bin = 0; bin < bins; bin++) {
            int from = bin * columns + segment * hopsPerSegment;
            for (int n = from; n < from + hopsPerSegment; n++) {
                slope[n] *= factor;
            }
        }
    }
}
