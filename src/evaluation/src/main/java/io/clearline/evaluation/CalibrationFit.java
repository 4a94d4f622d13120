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
 * A linear calibration from raw to true values in decibels, fitted by least squares, with the 80 % interval of its
 * errors. Immutable.
 *
 * @param slope slope of the line
 * @param offsetDb value of the line at a raw value of 0 dB
 * @param minDb lower limit of calibrated values: the lowest true value of the fit, less {@link #MARGIN_DB}
 * @param maxDb upper limit of calibrated values: the highest true value of the fit, plus {@link #MARGIN_DB}
 * @param lowErrorDb 10th percentile of the errors (true - calibrated)
 * @param highErrorDb 90th percentile of the errors
 * @param meanAbsoluteErrorDb mean absolute error over the pairs of the fit
 */
public record CalibrationFit(
        double slope,
        double offsetDb,
        double minDb,
        double maxDb,
        double lowErrorDb,
        double highErrorDb,
        double meanAbsoluteErrorDb) {

    /** The margin by which calibrated values may exceed the range of the fit. */
    public static final double MARGIN_DB = 3;

    private static final int MIN_PAIRS = 10;
    /** Below this, the raw values are considered equal. */
    private static final double MIN_VARIATION = 1e-9;

    /**
     * Fits a line to the pairs of values with equal index.
     *
     * @throws IllegalArgumentException when there are fewer than 10 pairs, the lengths differ, a value is not finite,
     *     or all raw values are equal
     */
    public static CalibrationFit of(double[] rawDb, double[] trueDb) {
        requirePairs(rawDb, trueDb);
        double rawMean = Arrays.stream(rawDb).average().orElseThrow();
        double trueMean = Arrays.stream(trueDb).average().orElseThrow();
        double covariation = 0;
        double variation = 0;
        for (int i = 0; i < rawDb.length; i++) {
            covariation += (rawDb[i] - rawMean) * (trueDb[i] - trueMean);
            variation += (rawDb[i] - rawMean) * (rawDb[i] - rawMean);
        }
        if (!(variation > MIN_VARIATION)) {
            throw new IllegalArgumentException(
                    "expected different raw values to fit a line, found only " + rawMean + " dB");
        }
        double slope = covariation / variation;
        return withErrors(rawDb, trueDb, slope, trueMean - slope * rawMean);
    }

    /** Returns the calibrated value of a raw one, clamped to {@code minDb} and {@code maxDb}. */
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

    /**
     * Returns a percentile by linear interpolation.
     *
     * @param sorted at least two values in ascending order
     * @param share percentile as a share, 0 to 1
     */
    static double percentile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = Math.min(sorted.length - 2, (int) position);
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    /** @throws IllegalArgumentException when the values are not pairs that can be fitted */
    static void requirePairs(double[] rawDb, double[] trueDb) {
        if (rawDb.length != trueDb.length || rawDb.length < MIN_PAIRS) {
            throw new IllegalArgumentException("expected at least " + MIN_PAIRS + " pairs for a calibration, found "
                    + rawDb.length + " raw and " + trueDb.length + " true values");
        }
        for (int i = 0; i < rawDb.length; i++) {
            if (!Double.isFinite(rawDb[i]) || !Double.isFinite(trueDb[i])) {
                throw new IllegalArgumentException("pair " + i + " is not finite: " + rawDb[i] + ", " + trueDb[i]);
            }
        }
    }
}
