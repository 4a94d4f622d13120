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
 * The loss of masks over a batch, and its derivative with respect to the masks: the negative SNR in dB and the
 * additional terms of {@link LossTerms}. The loss is the mean over the segments. Thread-confined.
 *
 * <p>The negative SNR of a segment is
 *
 * <pre>
 *   10 log10(sum w (|mask X - S|^2 + r max(0, min(Re(X S*), |X|^2) - mask |X|^2)^2 / |X|^2) / E + floor)
 * </pre>
 *
 * where w is the weight of the hop, r the additional weight of removed speech, and E the weighted energy of the speech
 * or, if that is less, a tenth of the energy of the mixture. Because of this lower bound a mixture without speech
 * trains the network to output silence.
 */
public final class SegmentLoss {
    /** Lower bound of E relative to the energy of the mixture. */
    private static final double MIN_SPEECH = 0.1;

    /** Derivative of {@code 10 log10(x)} times x. */
    private static final double DECIBEL_SLOPE = 10 / Math.log(10);

    private static final float TINY_POWER = 1e-12f;

    private final LossTerms terms;
    private final int bins;
    private final int columns;
    private final int hopsPerSegment;
    private final EnvelopeLoss envelopes;
    private final RootMagnitudeLoss roots;

    /**
     * Creates a loss for batches of one shape.
     *
     * @param terms weights of the terms
     * @param bins number of bins
     * @param binHz distance of two bins
     * @param hopsPerSecond hop rate
     * @param columns number of hops of a batch
     * @param hopsPerSegment number of hops of a segment
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
     * Computes the loss and its derivative.
     *
     * @param mask {@code [bins x columns]}
     * @param slope receives the derivative with respect to each value of the mask
     * @return the loss in dB
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

    /** Returns the weighted error of a segment, and sets {@code slope} to its derivative. */
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
                float masked = mask[n] * power;
                float missing = Math.max(Math.min(cross, power) - masked, 0);
                float weight = batch.hopWeights[hop];
                sum += weight
                        * (mask[n] * (masked - 2 * cross) + removal * missing * missing / Math.max(power, TINY_POWER));
                slope[n] = 2 * weight * (masked - cross - removal * missing);
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
