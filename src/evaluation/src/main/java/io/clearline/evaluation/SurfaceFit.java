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
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * A quadratic surface from two raw values to true decibels, with the 80 % interval of its held-out errors. The fit
 * minimises the absolute error with a ridge penalty. Squared errors would be dominated by the few mixtures whose noise
 * resembles speech.
 *
 * <p>The errors are estimated by leave-one-group-out cross-validation: each group is predicted by a surface that was
 * fitted to all other groups.
 *
 * @param factors coefficients of 1, x, y, x^2, y^2 and x y
 * @param minX lowest x of the fit
 * @param maxX highest x of the fit
 * @param minY lowest y of the fit
 * @param maxY highest y of the fit
 * @param lowErrorDb 10th percentile of the held-out errors (true - estimated)
 * @param highErrorDb 90th percentile of the held-out errors
 * @param heldOutMeanAbsoluteErrorDb mean absolute held-out error
 */
public record SurfaceFit(
        double[] factors,
        double minX,
        double maxX,
        double minY,
        double maxY,
        double lowErrorDb,
        double highErrorDb,
        double heldOutMeanAbsoluteErrorDb) {
    private static final int FACTORS = 6;

    /** Iterations of the reweighted least squares. */
    private static final int ITERATIONS = 20;

    /** The ridge penalty on the standardised coefficients: it weighs as much as three values that favour zero. */
    private static final double RIDGE = 3;

    /** The lower limit of an error in the weights 1/|error|, which would diverge for a perfect fit. */
    private static final double MIN_ERROR_DB = 0.5;

    /**
     * Fits a surface to the values with equal index.
     *
     * @param groups the group of each value; with a single group the errors are those of the fit itself
     * @throws IllegalArgumentException when there are fewer than 10 values, the lengths differ, or a value is not
     *     finite
     */
    public static SurfaceFit of(double[] x, double[] y, double[] trueDb, int[] groups) {
        requireValues(x, y, trueDb, groups);
        double[] errors = heldOutErrors(x, y, trueDb, groups);
        Arrays.sort(errors);
        return new SurfaceFit(
                solve(x, y, trueDb, new boolean[x.length]),
                Arrays.stream(x).min().orElseThrow(),
                Arrays.stream(x).max().orElseThrow(),
                Arrays.stream(y).min().orElseThrow(),
                Arrays.stream(y).max().orElseThrow(),
                CalibrationFit.percentile(errors, 0.1),
                CalibrationFit.percentile(errors, 0.9),
                Arrays.stream(errors).map(Math::abs).average().orElseThrow());
    }

    /** Returns the value of the surface. It is not clamped to the range of the fit. */
    public double apply(double x, double y) {
        return apply(factors, x, y);
    }

    private static double[] heldOutErrors(double[] x, double[] y, double[] trueDb, int[] groups) {
        double[] errors = new double[x.length];
        int[] distinct = Arrays.stream(groups).distinct().toArray();
        for (int group : distinct) {
            boolean[] leftOut = new boolean[x.length];
            for (int i = 0; i < x.length; i++) {
                leftOut[i] = distinct.length > 1 && groups[i] == group;
            }
            double[] factors = solve(x, y, trueDb, leftOut);
            for (int i = 0; i < x.length; i++) {
                if (groups[i] == group) {
                    errors[i] = trueDb[i] - apply(factors, x[i], y[i]);
                }
            }
        }
        return errors;
    }

    /**
     * Fits the coefficients by iteratively reweighted least squares. Terms are standardised first, so that the ridge
     * penalises all of them alike.
     */
    private static double[] solve(double[] x, double[] y, double[] trueDb, boolean[] leftOut) {
        int[] kept = IntStream.range(0, x.length).filter(i -> !leftOut[i]).toArray();
        SimpleMatrix terms = new SimpleMatrix(kept.length, FACTORS);
        SimpleMatrix target = new SimpleMatrix(kept.length, 1);
        for (int row = 0; row < kept.length; row++) {
            for (int k = 0; k < FACTORS; k++) {
                terms.set(row, k, term(k, x[kept[row]], y[kept[row]]));
            }
            target.set(row, 0, trueDb[kept[row]]);
        }
        double[] means = new double[FACTORS];
        double[] scales = new double[FACTORS];
        for (int k = 1; k < FACTORS; k++) {
            standardise(terms, k, means, scales);
        }
        SimpleMatrix solution = leastAbsolute(terms, target);
        double[] factors = new double[FACTORS];
        factors[0] = solution.get(0, 0);
        for (int k = 1; k < FACTORS; k++) {
            factors[k] = solution.get(k, 0) / scales[k];
            factors[0] -= factors[k] * means[k];
        }
        return factors;
    }

    private static SimpleMatrix leastAbsolute(SimpleMatrix terms, SimpleMatrix target) {
        SimpleMatrix weighted = terms.copy();
        SimpleMatrix solution = target;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            SimpleMatrix normal = weighted.transpose().mult(terms);
            for (int k = 1; k < FACTORS; k++) {
                normal.set(k, k, normal.get(k, k) + RIDGE);
            }
            solution = normal.solve(weighted.transpose().mult(target));
            weigh(terms, target.minus(terms.mult(solution)), weighted);
        }
        return solution;
    }

    /** Weights each row by the inverse of its absolute error. */
    private static void weigh(SimpleMatrix terms, SimpleMatrix errors, SimpleMatrix weighted) {
        for (int row = 0; row < terms.getNumRows(); row++) {
            double weight = 1 / Math.max(Math.abs(errors.get(row, 0)), MIN_ERROR_DB);
            for (int k = 0; k < FACTORS; k++) {
                weighted.set(row, k, weight * terms.get(row, k));
            }
        }
    }

    private static void standardise(SimpleMatrix terms, int k, double[] means, double[] scales) {
        int rows = terms.getNumRows();
        for (int row = 0; row < rows; row++) {
            means[k] += terms.get(row, k) / rows;
        }
        double variance = 0;
        for (int row = 0; row < rows; row++) {
            double difference = terms.get(row, k) - means[k];
            variance += difference * difference / rows;
        }
        scales[k] = Math.sqrt(variance) + 1e-9;
        for (int row = 0; row < rows; row++) {
            terms.set(row, k, (terms.get(row, k) - means[k]) / scales[k]);
        }
    }

    private static double apply(double[] factors, double x, double y) {
        double sum = 0;
        for (int k = 0; k < FACTORS; k++) {
            sum += factors[k] * term(k, x, y);
        }
        return sum;
    }

    private static double term(int k, double x, double y) {
        return switch (k) {
            case 0 -> 1;
            case 1 -> x;
            case 2 -> y;
            case 3 -> x * x;
            case 4 -> y * y;
            default -> x * y;
        };
    }

    private static void requireValues(double[] x, double[] y, double[] trueDb, int[] groups) {
        CalibrationFit.requirePairs(x, trueDb);
        CalibrationFit.requirePairs(y, trueDb);
        if (groups.length != x.length) {
            throw new IllegalArgumentException(
                    "expected a group for each of " + x.length + " values, found " + groups.length);
        }
    }
}
