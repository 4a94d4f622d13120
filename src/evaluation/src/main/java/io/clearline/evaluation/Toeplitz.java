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

/** Solves symmetric positive definite Toeplitz systems in O(n^2). Stateless. */
final class Toeplitz {

    private Toeplitz() {}

    /**
     * Solves {@code R x = b}, where {@code R[i][j] = column[|i - j|]}, by the Levinson recursion (Golub and Van Loan,
     * Matrix Computations, algorithm 4.7.2).
     *
     * @param column first column of R; its first element must be positive
     * @param b right-hand side, of the same length
     */
    static double[] solve(double[] column, double[] b) {
        int n = column.length;
        double[] r = new double[n];
        double[] x = new double[n];
        double[] y = new double[n];
        double[] scratch = new double[n];
        for (int i = 1; i < n; i++) {
            r[i] = column[i] / column[0];
        }
        x[0] = b[0] / column[0];
        if (n == 1) {
            return x;
        }
        y[0] = -r[1];
        double alpha = -r[1];
        double beta = 1;
        for (int k = 1; k < n; k++) {
            beta *= 1 - alpha * alpha;
            double mu = b[k] / column[0];
            for (int i = 0; i < k; i++) {
                mu -= r[i + 1] * x[k - 1 - i];
            }
            mu /= beta;
            addReversed(x, x, y, mu, k);
            x[k] = mu;
            if (k < n - 1) {
                double sum = r[k + 1];
                for (int i = 0; i < k; i++) {
                    sum += r[i + 1] * y[k - 1 - i];
                }
                alpha = -sum / beta;
                System.arraycopy(y, 0, scratch, 0, k);
                addReversed(y, scratch, scratch, alpha, k);
                y[k] = alpha;
            }
        }
        return x;
    }

    /** Sets {@code target[i] = base[i] + gain * mirrored[k - 1 - i]} for i below k. Target and base may be the same. */
    private static void addReversed(double[] target, double[] base, double[] mirrored, double gain, int k) {
        for (int i = 0; i < k; i++) {
            target[i] = base[i] + gain * mirrored[k - 1 - i];
        }
    }
}
