package io.clearline.unfolding.framework;

import org.ejml.data.DMatrixRMaj;

/**
 * Multiplicative back-propagation: {@code W <- W ([dE/dW]- / [dE/dW]+)^exponent}. Weights stay non-negative, and zeros stay zero.
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
