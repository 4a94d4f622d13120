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
package io.clearline.unfolding.framework;

import org.ejml.data.DMatrixRMaj;

/**
 * A step of multiplicative back-propagation: {@code W <- W ([dE/dW]- / [dE/dW]+)^exponent}, element by element. Weights
 * stay non-negative, and zero weights stay zero.
 *
 * @param exponent eta, the step size; 1 is the full step
 */
public record MultiplicativeStep(double exponent) {

    /**
     * Returns the weights after the step. A weight whose gradient has no positive terms keeps its value, because the
     * ratio is undefined.
     *
     * @param gradient both parts non-negative, in the shape of the weights
     */
    public DMatrixRMaj apply(DMatrixRMaj weights, Signed gradient) {
        DMatrixRMaj ratio = Matrices.map(
                gradient.minus(), gradient.plus(), (minus, plus) -> plus > 0 ? Math.pow(minus / plus, exponent) : 1);
        return Matrices.times(weights, ratio);
    }
}
