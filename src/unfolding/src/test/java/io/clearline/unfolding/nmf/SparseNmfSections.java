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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.unfolding.SpecSection;
import io.clearline.unfolding.SpecVectors;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Compares sparse NMF with the numbers of the specification. */
public final class SparseNmfSections {
    private static final double TOLERANCE = 1e-9;
    private static final double STEP = 1e-5;

    private SparseNmfSections() {}

    /** Checks the initial factors: W with columns of unit norm, and H with its rows scaled so that W H is unchanged. */
    public static void shared(SpecSection section) {
        DMatrixRMaj raw = section.matrix("W0_raw");
        section.assertValues("W0_normalised", SparseNmf.normalised(raw));
        DMatrixRMaj h = section.matrix("H0_raw");
        for (int atom = 0; atom < h.numRows; atom++) {
            for (int frame = 0; frame < h.numCols; frame++) {
                h.set(atom, frame, h.get(atom, frame) * SparseNmf.columnNorm(raw, atom));
            }
        }
        section.assertValues("H0_rescaled", h);
        // Other tests read these.
        section.skip("V", "cases");
    }

    /** Checks updates of H alone, and of H and W in turn. */
    public static void updates(SpecSection section) {
        SparseNmf nmf = new SparseNmf(section.number("beta"), section.number("mu"));
        section.skip("note");
        JsonNode data = SpecVectors.root().get("snmf");
        DMatrixRMaj v = SpecVectors.matrix(data.get("V"));
        DMatrixRMaj start = SpecVectors.matrix(data.get("W0_normalised"));
        activations(section, nmf, v, start, SpecVectors.matrix(data.get("H0_rescaled")));
        both(section, nmf, v, start, SpecVectors.matrix(data.get("H0_rescaled")));
    }

    /** Returns the largest error of the gradient of the normalised dictionary against central differences. */
    public static double dictionarySlopeError(double beta) {
        JsonNode data = SpecVectors.root().get("snmf");
        DMatrixRMaj v = SpecVectors.matrix(data.get("V"));
        DMatrixRMaj w = SpecVectors.matrix(data.get("W0_normalised"));
        DMatrixRMaj h = SpecVectors.matrix(data.get("H0_rescaled"));
        SparseNmf nmf = new SparseNmf(beta, 0);
        DMatrixRMaj slope = nmf.dictionarySlope(v, w, h).difference();
        double largest = 0;
        for (int i = 0; i < w.getNumElements(); i++) {
            double value = w.data[i];
            w.data[i] = value + STEP;
            double ahead = nmf.objective(v, SparseNmf.normalised(w), h);
            w.data[i] = value - STEP;
            double behind = nmf.objective(v, SparseNmf.normalised(w), h);
            w.data[i] = value;
            double error = Math.abs((ahead - behind) / (2 * STEP) - slope.data[i]);
            largest = Math.max(largest, error / (1 + Math.abs(slope.data[i])));
        }
        return largest;
    }

    private static void activations(SpecSection section, SparseNmf nmf, DMatrixRMaj v, DMatrixRMaj w, DMatrixRMaj h0) {
        DMatrixRMaj h = h0;
        List<Double> objectives = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            h = nmf.updateActivations(v, w, h);
            objectives.add(nmf.objective(v, w, h));
            if (i == 0) {
                section.assertValues("H_after_1_H_update_W_fixed", h);
            }
        }
        section.assertValues("H_after_10_H_updates_W_fixed", h);
        assertTrace(objectives, section.get("objective_after_each_of_10_H_updates"));
    }

    private static void both(SpecSection section, SparseNmf nmf, DMatrixRMaj v, DMatrixRMaj w0, DMatrixRMaj h0) {
        DMatrixRMaj w = w0;
        DMatrixRMaj h = h0;
        List<Double> objectives = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            h = nmf.updateActivations(v, w, h);
            w = nmf.updateDictionary(v, w, h);
            objectives.add(nmf.objective(v, w, h));
            if (i == 0) {
                section.assertValues("W_after_1_full_iter", w);
                section.assertValues("H_after_1_full_iter", h);
            }
        }
        section.assertValues("W_after_30_full_iters", w);
        section.assertValues("H_after_30_full_iters", h);
        assertTrace(objectives, section.get("objective_after_each_full_iter"));
    }

    private static void assertTrace(List<Double> found, JsonNode expected) {
        assertThat(found).hasSize(expected.size());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).as("step %d", i).isCloseTo(expected.get(i).asDouble(), within(TOLERANCE));
        }
    }
}
