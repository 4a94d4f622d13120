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
 * Result of one row, which is written to a file of its own. The component names are the keys of that file. Arrays with
 * scores have one element for each test mixture and must not be modified.
 *
 * @param id id of the row
 * @param title name of the row in the table
 * @param trainedParameters the paper's P_D, the number of discriminatively trained parameters
 * @param parameters the paper's P, the number of all parameters
 * @param steps number of steps performed
 * @param bestStep number of steps that gave the scored weights
 * @param developmentLoss development loss of the scored weights; NaN for a row without training
 * @param developmentLosses development losses of all evaluations, the first of which is before any step
 * @param trainingSeconds elapsed time, on a machine that may have had other load
 * @param snrDb SNR of each mixture
 * @param sdrInDb SDR of each mixture itself
 * @param sdrOutDb SDR of each estimate
 * @param siSdrOutDb scale-invariant SDR of each estimate
 * @param stoiOut STOI of each estimate
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

    /** Returns the mean SDR of the estimates. */
    public double meanSdrDb() {
        return Arrays.stream(sdrOutDb).average().orElse(Double.NaN);
    }

    /** Returns the mean SDR of the estimates over the mixtures with one SNR. */
    public double meanSdrAtDb(double atSnrDb) {
        return meanAt(atSnrDb, sdrOutDb);
    }

    /** Returns the mean SDR of the mixtures themselves with one SNR. */
    public double meanInputSdrAtDb(double atSnrDb) {
        return meanAt(atSnrDb, sdrInDb);
    }

    private double meanAt(double atSnrDb, double[] values) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < snrDb.length; i++) {
            if (snrDb[i] == atSnrDb) {
                sum += values[i];
                count++;
            }
        }
        return sum / count;
    }

    /** Returns the mean over the values that are not NaN. */
    static double mean(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
