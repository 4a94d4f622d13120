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

/**
 * The scale-invariant signal-to-distortion ratio (Le Roux, Wisdom, Erdogan, Hershey, ICASSP 2019), without removal of
 * the mean. The measure ignores a gain, but not a filter or a delay. Stateless.
 */
public final class SiSdr {

    private SiSdr() {}

    /**
     * Returns the ratio in dB, clamped to {@link Decibels#LIMIT_DB}.
     *
     * @throws IllegalArgumentException when the lengths differ, the reference is silent, or a sample is not finite
     */
    public static double siSdrDb(float[] reference, float[] estimate) {
        Signal.requireComparable(reference, estimate, "estimate");
        double scale = Signal.product(estimate, reference) / Signal.energy(reference);
        double target = 0;
        double distortion = 0;
        for (int i = 0; i < reference.length; i++) {
            double targetSample = scale * reference[i];
            double distortionSample = estimate[i] - targetSample;
            target += targetSample * targetSample;
            distortion += distortionSample * distortionSample;
        }
        return Decibels.ofRatio(target, distortion);
    }
}
