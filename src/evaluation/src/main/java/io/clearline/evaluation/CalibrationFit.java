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

import java.util.Arrays;

/**
 * The straight line from raw to true decibels with the least squared error, and where 80 % of what it misses lies.
 *
 * @param minDb lowest true value seen, less {@link #MARGIN_DB}: where estimates are held
 * @param maxDb highest true value seen, plus {@link #MARGIN_DB}
 * @param lowErrorDb 10th percentile of (true - estimated)
 * @param highErrorDb 90th percentile of the same
 * @param meanAbsoluteErrorDb over the pairs of the fit
 */
public record CalibrationFit(
        double slope,
        double offsetDb,
        double minDb,
        double maxDb,
        double lowErrorDb,
        double highErrorDb,
        double meanAbsoluteErrorDb) {

    /** How far an estimate may leave the range of the fit. */
    public static final double MARGIN_DB = 3;

    private static final int FEWEST_PAIRS = 10;

    /**
     * Fits to pairs of equal index.
     *
     * @throws IllegalArgumentException with fewer than 10 pairs, unequal lengths, values that are not finite, or raw
     *     values all the same
     */
    public static CalibrationFit of(double[] rawDb, double[] trueDb) {
        requirePairs(rawDb, trueDb);
        double rawMean = Arrays.stream(rawDb).average().orElseThrow();
        double trueMean = Arrays.stream(trueDb).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < rawDb.length; i++) {
            covariance += (rawDb[i] - rawMean) * (trueDb[i] - trueMean);
            variance += (rawDb[i] - rawMean) * (rawDb[i] - rawMean);
        }
        if (!(variance > 1e-9)) {
            throw new IllegalArgumentException("all raw values are " + rawMean + " dB; a line needs different ones");
        }
        double slope = covariance / variance;
        return withErrors(rawDb, trueDb, slope, trueMean - slope * rawMean);
    }

    /** The calibrated value of a raw one. */
    public double apply(double rawDb) {
        return Math.min(maxDb, Math.max(minDb, slope * rawDb + offsetDb));
    }

    private static CalibrationFit withErrors(double[] rawDb, double[] trueDb, double slope, double offsetDb) {
        double minDb = Arrays.stream(trueDb).min().orElseThrow() - MARGIN_DB;
        double maxDb = Arrays.stream(trueDb).max().orElseThrow() + MARGIN_DB;
        CalibrationFit line = new CalibrationFit(slope, offsetDb, minDb, maxDb, 0, 0, 0);
        double[] errors = new double[rawDb.length];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = trueDb[i] - line.apply(rawDb[i]);
        }
        Arrays.sort(errors);
        double meanAbsolute = Arrays.stream(errors).map(Math::abs).average().orElseThrow();
        return new CalibrationFit(
                slope, offsetDb, minDb, maxDb, percentile(errors, 0.1), percentile(errors, 0.9), meanAbsolute);
    }

    static double percentile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = Math.min(sorted.length - 2, (int) position);
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    static void requirePairs(double[] rawDb, double[] trueDb) {
        if (rawDb.length != trueDb.length || rawDb.length < FEWEST_PAIRS) {
            throw new IllegalArgumentException("a calibration needs at least " + FEWEST_PAIRS + " pairs, got "
                    + rawDb.length + " raw and " + trueDb.length + " true values");
        }
        for (int i = 0; i < rawDb.length; i++) {
            if (!Double.isFinite(rawDb[i]) || !Double.isFinite(trueDb[i])) {
                throw new IllegalArgumentException("pair " + i + " is not finite: " + rawDb[i] + ", " + trueDb[i]);
            }
        }
    }
}
