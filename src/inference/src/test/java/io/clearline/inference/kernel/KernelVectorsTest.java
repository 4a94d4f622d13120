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
package io.clearline.inference.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.Source;
import io.clearline.unfolding.SpecVectors;
import io.clearline.unfolding.nmf.SparseNmf;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares the float kernels with the test vectors of the specification. */
@Tag("jdk")
class KernelVectorsTest {

    private static final float TOLERANCE = 1e-4f;

    @TestFactory
    List<DynamicTest> masksAreThoseOfTheSpecification() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Kernel kernel : KernelsUnderTest.all()) {
            for (JsonNode expected : SpecVectors.deepNmf()) {
                String name = kernel.name() + ", beta " + expected.get("beta1") + ", T = " + expected.get("T_context");
                tests.add(DynamicTest.dynamicTest(name, () -> assertMasks(kernel, expected)));
            }
        }
        return tests;
    }

    private static void assertMasks(Kernel kernel, JsonNode expected) {
        List<DMatrixRMaj> slots = SpecVectors.matrices(expected.get("W_slots_0_to_K"));
        DMatrixRMaj all = SpecVectors.matrix(expected.get("Lambda_recon"));
        DMatrixRMaj target = SpecVectors.matrix(expected.get("Lambda_target"));
        for (int column = 0; column < all.numCols; column++) {
            float[] masks = masksOf(kernel, expected, slots, column);
            for (int bin = 0; bin < all.numRows; bin++) {
                assertThat(masks[bin])
                        .isCloseTo((float) (target.get(bin, column) / all.get(bin, column)), within(TOLERANCE));
            }
        }
    }

    @Test
    void aNormalisedLayerGivesTheSpecificationsLoss() {
        JsonNode expected = SpecVectors.normalisedLayer();
        JsonNode network = SpecVectors.deepNmf().get(0);
        List<DMatrixRMaj> slots = new ArrayList<>(SpecVectors.matrices(network.get("W_slots_0_to_K")));
        int slot = expected.get("slot").asInt();
        slots.set(slot, SparseNmf.normalised(slots.get(slot)));
        DMatrixRMaj mixture = SpecVectors.matrix(network.get("M_TFxN_oldest_first"));
        DMatrixRMaj clean = SpecVectors.matrix(network.get("S_target_FxN"));
        for (Kernel kernel : KernelsUnderTest.all()) {
            double loss = 0;
            for (int column = 0; column < mixture.numCols; column++) {
                float[] masks = masksOf(kernel, network, slots, column);
                for (int bin = 0; bin < masks.length; bin++) {
                    double error = clean.get(bin, column) - masks[bin] * mixture.get(bin, column);
                    loss += error * error / 2;
                }
            }
            assertThat(loss).isCloseTo(expected.get("loss").asDouble(), within(1e-4));
        }
    }

    /**
     * Computes the masks of one frame. In the specification each frame has its own H^0, so each frame needs its own
     * network.
     */
    private static float[] masksOf(Kernel kernel, JsonNode network, List<DMatrixRMaj> slots, int column) {
        DeepNmfParameters parameters = new DeepNmfParameters(
                List.of(
                        new Source("target", network.get("R_target").asInt()),
                        new Source("other", network.get("R_other").asInt())),
                network.get("beta1").asDouble(),
                network.get("mu").asDouble(),
                slots.stream().map(KernelVectorsTest::dictionary).toList(),
                column(SpecVectors.matrix(network.get("H0")), column));
        float[] masks = new float[parameters.bins()];
        kernel.prepare(parameters, 1)
                .run(column(SpecVectors.matrix(network.get("M_TFxN_oldest_first")), column), masks, 1);
        return masks;
    }

    private static Dictionary dictionary(DMatrixRMaj matrix) {
        float[] weights = new float[matrix.getNumElements()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) matrix.data[i];
        }
        return new Dictionary(matrix.numRows, matrix.numCols, weights);
    }

    private static float[] column(DMatrixRMaj matrix, int column) {
        float[] values = new float[matrix.numRows];
        for (int row = 0; row < values.length; row++) {
            values[row] = (float) matrix.get(row, column);
        }
        return values;
    }
}
