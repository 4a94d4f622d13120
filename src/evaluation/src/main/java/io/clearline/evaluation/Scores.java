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
 * The scores of an enhanced signal, and those of the mixture that it was made from.
 *
 * @param inputSnrDb ratio of the energies of the reference and of (mixture - reference)
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
     * Scores an estimate. All three signals must have the same length and be aligned to the sample.
     *
     * @throws IllegalArgumentException when the lengths differ, the reference is silent, or a sample is not finite; the
     *     message names the signal
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

    /** Returns the gain in {@link BssSdr}, in dB. */
    public double sdrGainDb() {
        return sdrOutDb - sdrInDb;
    }

    /** Returns the gain in {@link SiSdr}, in dB. */
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
