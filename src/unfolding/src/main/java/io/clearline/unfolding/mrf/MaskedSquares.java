package io.clearline.unfolding.mrf;

import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.Objective;
import io.clearline.unfolding.framework.Signed;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code sum (mask m - s)^2}: the DNN baseline's objective, with m the mixture's magnitudes and s the clean ones, {@code [bins x columns]}.
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
