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
package io.clearline.unfolding.nmf;

import io.clearline.unfolding.framework.Matrices;
import org.ejml.data.DMatrixRMaj;

/**
 * The beta divergence {@code D_b(x | y)}: Itakura-Saito at b = 0, Kullback-Leibler at b = 1, half the squared Euclidean
 * distance at b = 2. Stateless.
 */
public final class BetaDivergence {

    private BetaDivergence() {}

    /**
     * Returns the divergence summed over all entries. Entries of y are raised to {@link Matrices#FLOOR}.
     *
     * @param x non-negative; positive if beta is below 1
     */
    public static double sum(double beta, DMatrixRMaj x, DMatrixRMaj y) {
        double sum = 0;
        for (int i = 0; i < x.getNumElements(); i++) {
            sum += of(beta, x.data[i], Math.max(y.data[i], Matrices.FLOOR));
        }
        return sum;
    }

    /** Returns {@code D_b(x | y)} of one pair; y must be positive. */
    public static double of(double beta, double x, double y) {
        if (beta == 1) {
            return (x == 0 ? 0 : x * StrictMath.log(x / y)) - x + y;
        }
        if (beta == 0) {
            return x / y - StrictMath.log(x / y) - 1;
        }
        if (beta == 2) {
            return (x - y) * (x - y) / 2;
        }
        double power = StrictMath.pow(y, beta - 1);
        return (StrictMath.pow(x, beta) + (beta - 1) * power * y - beta * x * power) / (beta * (beta - 1));
    }
}
