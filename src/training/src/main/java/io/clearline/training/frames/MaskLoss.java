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
package io.clearline.training.frames;

/**
 * Computes the loss of a mask over a batch, and its derivative with respect to the mask in two non-negative parts, as
 * multiplicative updates need it: the sum of the positive terms and that of the negative terms. The loss is the sum
 * over the segments. Thread-confined.
 */
public final class MaskLoss {
    /** Added to the relative error under {@link Objective#LOG_SNR}, which limits the SNR to 30 dB. */
    private static final double LOSS_FLOOR = 1e-3;

    private final Objective objective;
    private final float[] plus;
    private final float[] minus;

    /** @param maxColumns capacity of the batches in columns */
    public MaskLoss(Objective objective, int bins, int maxColumns) {
        this.objective = objective;
        plus = new float[bins * maxColumns];
        minus = new float[bins * maxColumns];
    }

    /** Returns the positive terms of the derivative of the last loss, {@code [bins x columns]}. */
    public float[] plus() {
        return plus;
    }

    /** Returns the magnitudes of the negative terms, {@code [bins x columns]}; the derivative is plus - minus. */
    public float[] minus() {
        return minus;
    }

    /**
     * Computes the loss and its derivative.
     *
     * @param mask {@code [bins x columns]}
     * @return the sum of the losses of the segments
     */
    public double compute(float[] mask, FrameBatch batch) {
        double loss = 0;
        for (int segment = 0; segment < batch.segments; segment++) {
            double error = slopes(mask, batch, segment);
            if (objective == Objective.LOG_SNR) {
                double ratio = Math.max(error, 0) + LOSS_FLOOR;
                loss += 10 * Math.log10(ratio);
                scale(batch, segment, (float) (2 * 10 / Math.log(10) / ratio));
            } else {
                loss += error / 2;
            }
        }
        return loss;
    }

    /**
     * Computes the derivative of half the squared error of one segment.
     *
     * @return the squared error; the speech of the segment has energy 1
     */
    private double slopes(float[] mask, FrameBatch batch, int segment) {
        double sum = 0;
        double targetEnergy = 0;
        for (int bin = 0; bin < batch.bins; bin++) {
            int from = bin * batch.columns + segment * batch.hopsPerSegment;
            for (int n = from; n < from + batch.hopsPerSegment; n++) {
                float x = batch.mixture[n];
                float target = batch.target[n];
                float estimate = mask[n] * x;
                sum += estimate * (estimate - 2 * target);
                targetEnergy += (double) target * target;
                float pull = x * target;
                plus[n] = x * estimate + Math.max(-pull, 0);
                minus[n] = Math.max(pull, 0);
            }
        }
        // Phase-sensitive: |mask X - S|^2 = (mask |X|)^2 - 2 mask |X| target + |S|^2, and the |S|^2 sum to 1.
        return sum + (objective.isPhaseSensitive() ? 1 : targetEnergy);
    }

    private void scale(FrameBatch batch, int segment, float factor) {
        for (int bin = 0; bin < batch.bins; bin++) {
            int from = bin * batch.columns + segment * batch.hopsPerSegment;
            for (int n = from; n < from + batch.hopsPerSegment; n++) {
                plus[n] *= factor;
                minus[n] *= factor;
            }
        }
    }
}
