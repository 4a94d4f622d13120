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
 * The objective of the DNN baseline: the squared error of the masked magnitudes, {@code sum (mask m - s)^2}.
 *
 * @param mixture m, magnitudes of the mixture, {@code [bins x columns]}
 * @param clean s, magnitudes of the clean speech, {@code [bins x columns]}
 */
public record MaskedSquares(DMatrixRMaj mixture, DMatrixRMaj clean) implements Objective {

    @Override
    public double value(DMatrixRMaj mask) {
        double sum = 0;
        for (int i = 0; i < clean.getNumElements(); i++) {
            double error = mask.data[i] * mixture.data[i] - clean.data[i];
            sum += error * error;
        }
        return sum;
    }

    @Override
    public Signed slope(DMatrixRMaj mask) {
        return new Signed(
                Matrices.map(mask, mixture, (q, m) -> 2 * q * m * m),
                Matrices.map(mixture, clean, (m, s) -> 2 * m * s));
    }
}
