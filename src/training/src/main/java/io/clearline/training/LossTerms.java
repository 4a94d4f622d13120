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
package io.clearline.training;

/**
 * The weights of the terms of the loss of Gram and local networks, beside the negative SNR in dB. Immutable.
 * {@link io.clearline.training.segments.SegmentLoss} computes the loss.
 *
 * <p>The component names are part of the recipe format and of checkpoints.
 *
 * @param start weight of errors in the first 250 ms of a stream, where the network cannot know the noise yet; later
 *     errors have weight 1
 * @param removal additional weight of errors where the mask removes speech; 0: same weight as residual noise
 * @param intelligibility dB for each unit by which the correlation of the third-octave envelopes, the measure that STOI
 *     averages, is below 1; 0: off
 * @param compressed dB for each unit of the relative squared error of the root magnitudes, which emphasises quiet bins;
 *     0: off
 * @param floor added to the relative error, so that SNRs above its inverse gain little and clean mixtures do not
 *     dominate the gradient; 0.001 corresponds to 30 dB
 */
public record LossTerms(double start, double removal, double intelligibility, double compressed, double floor) {
    /** The negative SNR without additional terms. */
    public static final LossTerms SNR_ONLY = new LossTerms(1, 0, 0, 0, 1e-3);

    public LossTerms {
        if (!(start > 0) || !(removal >= 0) || !(intelligibility >= 0) || !(compressed >= 0) || !(floor > 0)) {
            throw new IllegalArgumentException(
                    "Loss terms: expected start and floor above 0 and the others at least 0, found " + start + ", "
                            + removal + ", " + intelligibility + ", " + compressed + " and " + floor + ".");
        }
    }
}
