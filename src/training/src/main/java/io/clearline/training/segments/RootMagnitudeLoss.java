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

/**
 * The relative squared error of the compressed (square-root) magnitudes, regardless of phase: {@code sum (sqrt((mask +
 * 0.001) |X|) - sqrt(|S|))^2 / sum |S|}. The denominator is at least a tenth of the sum of the magnitudes of the
 * mixture. The loss is the mean over the segments. Thread-confined.
 */
final class RootMagnitudeLoss {
    /** Added to the mask, so that the derivative of the square root stays finite. */
    private static final float MIN_MASK = 1e-3f;

    /** Lower bound of the speech relative to the mixture, for segments with little or no speech. */
    private static final double MIN_SPEECH = 0.1;

    private final double factor;
    private final int columns;
    private final int hopsPerSegment;

    RootMagnitudeLoss(double factor, int columns, int hopsPerSegment) {
        this.factor = factor;
        this.columns = columns;
        this.hopsPerSegment = hopsPerSegment;
    }

    /** Returns the weighted loss, and adds its derivative with respect to the mask to {@code slope}. */
    double add(float[] mask, SegmentBatch batch, float[] slope) {
        int segments = columns / hopsPerSegment;
        double loss = 0;
        for (int segment = 0; segment < segments; segment++) {
            double scale = factor / segments / total(batch, segment);
            loss += scale * add(mask, batch, segment, (float) scale, slope);
        }
        return loss;
    }

    /** Returns the denominator of a segment. */
    private double total(SegmentBatch batch, int segment) {
        double speech = 0;
        double mixture = 0;
        for (int first = segment * hopsPerSegment; first < batch.mixturePower.length; first += columns) {
            for (int n = first; n < first + hopsPerSegment; n++) {
                speech += Math.sqrt(batch.speechPower[n]);
                mixture += Math.sqrt(batch.mixturePower[n]);
            }
        }
        return Math.max(speech, MIN_SPEECH * mixture) + 1e-9;
    }

    private double add(float[] mask, SegmentBatch batch, int segment, float scale, float[] slope) {
        double sum = 0;
        for (int first = segment * hopsPerSegment; first < mask.length; first += columns) {
            for (int n = first; n < first + hopsPerSegment; n++) {
                float magnitude = (float) Math.sqrt(batch.mixturePower[n]);
                float target = (float) Math.sqrt((float) Math.sqrt(batch.speechPower[n]));
                float root = (float) Math.sqrt((mask[n] + MIN_MASK) * magnitude);
                float error = root - target;
                sum += error * error;
                slope[n] += scale * error * root / (mask[n] + MIN_MASK);
            }
        }
        return sum;
    }
}
