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

import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.Objective;
import io.clearline.unfolding.framework.Signed;
import org.ejml.data.DMatrixRMaj;

/**
 * Binary cross-entropy, {@code -sum [t log q + (1 - t) log(1 - q)]}, of probabilities q, in nats.
 *
 * @param targets t, from 0 to 1, {@code [units x columns]}
 */
public record CrossEntropy(DMatrixRMaj targets) implements Objective {
    /** Probabilities are clamped to {@code [MIN_PROBABILITY, 1 - MIN_PROBABILITY]}, so that logarithms stay finite. */
    private static final double MIN_PROBABILITY = 1e-12;

    @Override
    public double value(DMatrixRMaj output) {
        double sum = 0;
        for (int i = 0; i < targets.getNumElements(); i++) {
            double q = clamp(output.data[i]);
            double t = targets.data[i];
            sum -= (t == 0 ? 0 : t * StrictMath.log(q)) + (t == 1 ? 0 : (1 - t) * StrictMath.log1p(-q));
        }
        return sum;
    }

    @Override
    public Signed slope(DMatrixRMaj output) {
        return new Signed(
                Matrices.map(output, targets, (q, t) -> (1 - t) / (1 - clamp(q))),
                Matrices.map(output, targets, (q, t) -> t / clamp(q)));
    }

    private static double clamp(double q) {
        return Math.max(MIN_PROBABILITY, Math.min(1 - MIN_PROBABILITY, q));
    }
}
