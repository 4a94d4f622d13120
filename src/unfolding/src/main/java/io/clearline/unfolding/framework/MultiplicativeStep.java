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
 * Multiplicative back-propagation: {@code W <- W ([dE/dW]- / [dE/dW]+)^exponent}. Weights stay non-negative, and zeros
 * stay zero.
 *
 * @param exponent eta, the size of the step; 1 is the whole step
 */
public record MultiplicativeStep(double exponent) {

    /** The weights after the step; where the gradient has no positive terms a weight stays, as no ratio is known. */
    public DMatrixRMaj apply(DMatrixRMaj weights, Signed gradient) {
        DMatrixRMaj ratio = Matrices.map(
                gradient.minus(), gradient.plus(), (minus, plus) -> plus > 0 ? Math.pow(minus / plus, exponent) : 1);
        return Matrices.times(weights, ratio);
    }
}
