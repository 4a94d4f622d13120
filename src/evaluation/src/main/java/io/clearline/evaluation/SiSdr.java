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
 * Scale-invariant signal-to-distortion ratio (Le Roux, Wisdom, Erdogan, Hershey, ICASSP 2019), no mean removed: only a
 * gain is forgiven, a filter or a delay is not. Stateless.
 */
public final class SiSdr {

    private SiSdr() {}

    /**
     * The ratio in dB, within +-120.
     *
     * @throws IllegalArgumentException when lengths differ, or the reference is silent
     */
    public static double siSdrDb(float[] reference, float[] estimate) {
        Signal.requireComparable(reference, estimate, "estimate");
        double scale = Signal.product(estimate, reference) / Signal.energy(reference);
        double target = 0;
        double rest = 0;
        for (int i = 0; i < reference.length; i++) {
            double targetSample = scale * reference[i];
            double restSample = estimate[i] - targetSample;
            target += targetSample * targetSample;
            rest += restSample * restSample;
        }
        return Decibels.ofRatio(target, rest);
    }
}
