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
package io.clearline.unfolding.mrf;

import org.ejml.data.DMatrixRMaj;

/**
 * Computes the exact marginal probabilities of a small field by enumeration of all its states. Mean field and belief
 * propagation are compared with them. Stateless.
 */
public final class ExactMarginals {
    /** The cost is {@code 2^units}. */
    private static final int MAX_UNITS = 20;

    private ExactMarginals() {}

    /**
     * Returns {@code p(h_i = 1)} for {@code log p = sum over i < j of A_ij h_i h_j + sum_i b_i h_i + const}.
     *
     * @param a A, symmetric, {@code [units x units]}; only the entries above the diagonal are read
     * @param b {@code [units]}
     * @throws IllegalArgumentException if there are more than 20 units
     */
    public static double[] of(DMatrixRMaj a, double[] b) {
        int units = b.length;
        if (units > MAX_UNITS) {
            throw new IllegalArgumentException("expected at most " + MAX_UNITS + " units, found " + units);
        }
        double[] sums = new double[units];
        double partition = 0;
        for (int state = 0; state < 1 << units; state++) {
            double weight = StrictMath.exp(logWeight(a, b, state));
            partition += weight;
            for (int unit = 0; unit < units; unit++) {
                sums[unit] += (state >> unit & 1) * weight;
            }
        }
        for (int unit = 0; unit < units; unit++) {
            sums[unit] /= partition;
        }
        return sums;
    }

    private static double logWeight(DMatrixRMaj a, double[] b, int state) {
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            if ((state >> i & 1) == 1) {
                sum += b[i];
                for (int j = i + 1; j < b.length; j++) {
                    sum += (state >> j & 1) * a.get(i, j);
                }
            }
        }
        return sum;
    }
}
