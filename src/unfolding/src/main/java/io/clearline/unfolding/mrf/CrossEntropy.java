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
 * {@code -sum t log q + (1 - t) log(1 - q)}, in nats, of probabilities q.
 *
 * @param targets t, 0 to 1, {@code [units x columns]}
 */
public record CrossEntropy(DMatrixRMaj targets) implements Objective {
    /** No probability is taken as closer to 0 or 1. */
    private static final double LEAST = 1e-12;

    @Override
    public double value(DMatrixRMaj output) {
        double sum = 0;
        for (int i = 0; i < targets.getNumElements(); i++) {
            double q = held(output.data[i]);
            double t = targets.data[i];
            sum -= (t == 0 ? 0 : t * StrictMath.log(q)) + (t == 1 ? 0 : (1 - t) * StrictMath.log1p(-q));
        }
        return sum;
    }

    @Override
    public Signed slope(DMatrixRMaj output) {
        return new Signed(
                Matrices.map(output, targets, (q, t) -> (1 - t) / (1 - held(q))),
                Matrices.map(output, targets, (q, t) -> t / held(q)));
    }

    private static double held(double q) {
        return Math.max(LEAST, Math.min(1 - LEAST, q));
    }
}
