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
 * How good one estimate is, and how good the mixture was before.
 *
 * @param inputSnrDb energy of the reference over that of (mixture - reference)
 * @param sdrInDb {@link BssSdr} of the mixture
 * @param sdrOutDb {@link BssSdr} of the estimate
 * @param siSdrInDb {@link SiSdr} of the mixture
 * @param siSdrOutDb {@link SiSdr} of the estimate
 * @param stoiIn {@link Stoi} of the mixture; NaN when there is too little speech
 * @param stoiOut {@link Stoi} of the estimate; NaN when there is too little speech
 */
public record Scores(
        double inputSnrDb,
        double sdrInDb,
        double sdrOutDb,
        double siSdrInDb,
        double siSdrOutDb,
        double stoiIn,
        double stoiOut) {

    /**
     * Scores one estimate. All three signals have the same length and are aligned to the sample.
     *
     * @throws IllegalArgumentException when lengths differ (says which), or the reference is silent
     */
    public static Scores of(float[] reference, float[] mixture, float[] estimate, int sampleRateHz) {
        Signal.requireComparable(reference, mixture, "mixture");
        Signal.requireComparable(reference, estimate, "estimate");
        Stoi stoi = new Stoi(reference, sampleRateHz);
        return new Scores(
                snrDb(reference, mixture),
                BssSdr.sdrDb(reference, mixture),
                BssSdr.sdrDb(reference, estimate),
                SiSdr.siSdrDb(reference, mixture),
                SiSdr.siSdrDb(reference, estimate),
                stoi.of(mixture),
                stoi.of(estimate));
    }

    /** What the enhancement added, in dB of {@link BssSdr}. */
    public double sdrGainDb() {
        return sdrOutDb - sdrInDb;
    }

    /** What the enhancement added, in dB of {@link SiSdr}. */
    public double siSdrGainDb() {
        return siSdrOutDb - siSdrInDb;
    }

    private static double snrDb(float[] reference, float[] mixture) {
        double noise = 0;
        for (int i = 0; i < reference.length; i++) {
            double sample = (double) mixture[i] - reference[i];
            noise += sample * sample;
        }
        return Decibels.ofRatio(Signal.energy(reference), noise);
    }
}
