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
 * A narrow grid of binary units, exactly: unit after unit, row by row, with a table over the states of the last row of
 * units. Costs {@code rows columns 2^columns} steps. Immutable; safe to share.
 *
 * <pre>
 *   log p = sum over neighbours of A_ij h_i h_j + sum_i b_i h_i + const
 * </pre>
 */
final class ExactGrid {
    private static final int MAX_COLUMNS = 12;

    private final int rows;
    private final int columns;
    /** A between a unit and the one on its left, 0 at the edge. */
    private final double[] left;
    /** A between a unit and the one above. */
    private final double[] above;

    /** @param couplings symmetric, {@code [units x units]}, of {@link MrfGraph#grid} */
    ExactGrid(int rows, int columns, DMatrixRMaj couplings) {
        if (columns > MAX_COLUMNS) {
            throw new IllegalArgumentException(
                    "an exact grid: expected at most " + MAX_COLUMNS + " columns, found " + columns);
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

    /** {@code p(h_i = 1)} of every unit. */
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

    /** Draws states of all units, 0 or 1, one column an image, {@code [units x images]}. */
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

    /** By unit: for each state of the last units up to it, the weight of everything after it, to a factor. */
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

    /** What a unit's 1 weighs, by the states of its neighbours before it: bit 0 the left one, bit 1 the one above. */
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
