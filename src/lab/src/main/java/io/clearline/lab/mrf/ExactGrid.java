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
package io.clearline.lab.mrf;

import io.clearline.unfolding.mrf.MrfGraph;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;

/**
 * Exact marginals and samples of a narrow grid of binary units by dynamic programming. Units are processed row by row
 * with a table over the states of the last {@code columns} units, in {@code rows * columns * 2^columns} steps.
 * Immutable.
 *
 * <pre>
 *   log p = sum over neighbours of A_ij h_i h_j + sum_i b_i h_i + const
 * </pre>
 */
final class ExactGrid {
    /** Limits memory and time, which double with each column. */
    private static final int MAX_COLUMNS = 12;

    private final int rows;
    private final int columns;
    /** Coupling between a unit and the one on its left, 0 at the edge. */
    private final double[] left;
    /** Coupling between a unit and the one above it, 0 at the edge. */
    private final double[] above;

    /** @param couplings symmetric couplings A, {@code [units x units]}, on the edges of {@link MrfGraph#grid} */
    ExactGrid(int rows, int columns, DMatrixRMaj couplings) {
        if (columns > MAX_COLUMNS) {
            throw new IllegalArgumentException(
                    "Expected at most " + MAX_COLUMNS + " columns for exact inference, found " + columns + ".");
        }
        this.rows = rows;
        this.columns = columns;
        left = new double[rows * columns];
        above = new double[rows * columns];
        for (int unit = 0; unit < left.length; unit++) {
            left[unit] = unit % columns == 0 ? 0 : couplings.get(unit, unit - 1);
            above[unit] = unit < columns ? 0 : couplings.get(unit, unit - columns);
        }
    }

    /** Returns {@code p(h_i = 1)} of every unit. */
    double[] marginals(double[] biases) {
        double[][] ahead = ahead(biases);
        double[] behind = new double[1 << columns];
        behind[0] = 1;
        double[] result = new double[rows * columns];
        for (int unit = 0; unit < result.length; unit++) {
            double[] next = new double[behind.length];
            double[] weights = weights(unit, biases[unit]);
            for (int state = 0; state < behind.length; state++) {
                next[state << 1 & mask()] += behind[state];
                next[state << 1 & mask() | 1] += behind[state] * weights[neighbours(state)];
            }
            normalise(next);
            double one = 0;
            double all = 0;
            for (int state = 0; state < next.length; state++) {
                double weight = next[state] * ahead[unit][state];
                all += weight;
                one += (state & 1) * weight;
            }
            result[unit] = one / all;
            behind = next;
        }
        return result;
    }

    /** Draws the states of all units, 0 or 1, one image in each column, {@code [units x images]}. */
    DMatrixRMaj sample(double[] biases, int images, SplittableRandom random) {
        double[][] ahead = ahead(biases);
        DMatrixRMaj result = new DMatrixRMaj(rows * columns, images);
        for (int image = 0; image < images; image++) {
            int state = 0;
            for (int unit = 0; unit < result.numRows; unit++) {
                int zero = state << 1 & mask();
                double one = weights(unit, biases[unit])[neighbours(state)] * ahead[unit][zero | 1];
                boolean isOne = random.nextDouble() * (one + ahead[unit][zero]) < one;
                state = isOne ? zero | 1 : zero;
                result.set(unit, image, isOne ? 1 : 0);
            }
        }
        return result;
    }

    /**
     * Returns for each unit and each state of the last {@code columns} units up to it the total weight of all later
     * units, up to a constant factor.
     */
    private double[][] ahead(double[] biases) {
        double[][] ahead = new double[rows * columns][1 << columns];
        Arrays.fill(ahead[ahead.length - 1], 1);
        for (int unit = ahead.length - 1; unit > 0; unit--) {
            double[] weights = weights(unit, biases[unit]);
            for (int state = 0; state <= mask(); state++) {
                int zero = state << 1 & mask();
                ahead[unit - 1][state] = ahead[unit][zero] + weights[neighbours(state)] * ahead[unit][zero | 1];
            }
            normalise(ahead[unit - 1]);
        }
        return ahead;
    }

    /** Returns the weight of state 1 of a unit by the states of its earlier neighbours: bit 0 left, bit 1 above. */
    private double[] weights(int unit, double bias) {
        double[] weights = new double[4];
        for (int neighbours = 0; neighbours < 4; neighbours++) {
            weights[neighbours] =
                    StrictMath.exp(bias + (neighbours & 1) * left[unit] + (neighbours >> 1) * above[unit]);
        }
        return weights;
    }

    private int neighbours(int state) {
        return state & 1 | (state >> columns - 1 & 1) << 1;
    }

    private int mask() {
        return (1 << columns) - 1;
    }

    private static void normalise(double[] values) {
        double sum = Arrays.stream(values).sum();
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }
}
