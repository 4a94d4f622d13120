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
 * The loss of a mask over a batch, and its slope by the mask in two non-negative parts, plus and minus, split by terms
 * as multiplicative updates need it. Sums over the segments. Thread-confined.
 */
public final class MaskLoss {
    private static final double LOSS_FLOOR = 1e-3;

    private final Objective objective;
    private final float[] plus;
    private final float[] minus;

    /** @param mostColumns of a batch */
    public MaskLoss(Objective objective, int bins, int mostColumns) {
        this.objective = objective;
        plus = new float[bins * mostColumns];
        minus = new float[bins * mostColumns];
    }

    /** {@code [bins x columns]}: the terms of the slope by the mask that raise the loss. */
    public float[] plus() {
        return plus;
    }

    /** {@code [bins x columns]}: the terms that lower it; the slope is plus - minus. */
    public float[] minus() {
        return minus;
    }

    /**
     * Computes loss and slopes.
     *
     * @param mask {@code [bins x columns]}
     * @return the sum of the segments' losses
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
     * The slopes of half the squared error of one segment.
     *
     * @return the squared error; against a complex target it is relative to the energy 1 of the segment's speech
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
