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
package io.clearline.lab.paper;

import java.util.Arrays;

/**
 * What a row of the table is made of; kept in a file of its own as soon as it is done.
 *
 * @param trainedParameters P_D
 * @param parameters P
 * @param steps done; of these, {@code bestStep} gave the weights that are scored
 * @param developmentLoss of these weights
 * @param developmentLosses at every look at the development set, the first of them before any step
 * @param trainingSeconds of the clock, on a machine that others may have used too
 * @param snrDb by mixture: the SNR it was mixed at
 * @param sdrInDb by mixture: before
 * @param sdrOutDb by mixture: after
 * @param siSdrOutDb by mixture
 * @param stoiOut by mixture
 */
public record RowResult(
        String id,
        String title,
        long trainedParameters,
        long parameters,
        int steps,
        int bestStep,
        double developmentLoss,
        double[] developmentLosses,
        double trainingSeconds,
        double[] snrDb,
        double[] sdrInDb,
        double[] sdrOutDb,
        double[] siSdrOutDb,
        double[] stoiOut) {

    /** Mean SDR of the output, in dB. */
    public double meanSdrDb() {
        return Arrays.stream(sdrOutDb).average().orElse(Double.NaN);
    }

    /** Mean SDR of the output over the mixtures of one SNR. */
    public double meanSdrAtDb(double at) {
        return meanAt(at, sdrOutDb);
    }

    /** Mean SDR of the mixtures themselves at one SNR. */
    public double meanInputSdrAtDb(double at) {
        return meanAt(at, sdrInDb);
    }

    private double meanAt(double at, double[] values) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < snrDb.length; i++) {
            if (snrDb[i] == at) {
                sum += values[i];
                count++;
            }
        }
        return sum / count;
    }

    /** Mean over what is a number. */
    static double mean(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
