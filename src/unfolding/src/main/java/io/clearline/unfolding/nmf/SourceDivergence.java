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
import io.clearline.unfolding.framework.Objective;
import io.clearline.unfolding.framework.Signed;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The objective of source separation, {@code sum_l gamma_l D_beta(S^l | estimate of S^l)}, over the output of a
 * {@link WienerReadOut}. Targets belong to the first sources; sources after the last target do not contribute.
 *
 * @param beta of the divergence: 1 is Kullback-Leibler, 2 half the squared Euclidean distance
 * @param targets S^l of each source, {@code [bins x columns]}
 * @param weights gamma_l of each source
 */
public record SourceDivergence(double beta, List<DMatrixRMaj> targets, List<Double> weights) implements Objective {

    public SourceDivergence {
        targets = List.copyOf(targets);
        weights = List.copyOf(weights);
        if (targets.size() != weights.size()) {
            throw new IllegalArgumentException("expected a weight for each target, found " + weights.size()
                    + " weights and " + targets.size() + " targets");
        }
    }

    /** Returns the objective of the first source, with weight 1. */
    public static SourceDivergence ofFirst(double beta, DMatrixRMaj target) {
        return new SourceDivergence(beta, List.of(target), List.of(1.0));
    }

    @Override
    public double value(DMatrixRMaj output) {
        double sum = 0;
        for (int source = 0; source < targets.size(); source++) {
            sum += weights.get(source) * BetaDivergence.sum(beta, targets.get(source), estimate(output, source));
        }
        return sum;
    }

    /** Returns {@code d+ = Y^(beta-1)} and {@code d- = S Y^(beta-2)}, with Y the estimate, times gamma. */
    @Override
    public Signed slope(DMatrixRMaj output) {
        Signed slope = Signed.zeros(output.numRows, output.numCols);
        for (int source = 0; source < targets.size(); source++) {
            DMatrixRMaj target = targets.get(source);
            double weight = weights.get(source);
            int offset = source * target.getNumElements();
            for (int i = 0; i < target.getNumElements(); i++) {
                double estimate = Math.max(output.data[offset + i], Matrices.FLOOR);
                double power = StrictMath.pow(estimate, beta - 2);
                slope.plus().data[offset + i] = weight * power * estimate;
                slope.minus().data[offset + i] = weight * power * target.data[i];
            }
        }
        return slope;
    }

    private DMatrixRMaj estimate(DMatrixRMaj output, int source) {
        int bins = targets.get(source).numRows;
        return Matrices.rows(output, source * bins, (source + 1) * bins);
    }
}
