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
package io.clearline.lab.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.inference.kernel.Kernels;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.Objective;
import io.clearline.unfolding.SpecVectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnnGradientTest {
    private static final double TOLERANCE = 1e-4;

    @Test
    void maskLossAndGradientsAgreeWithTheReference() {
        JsonNode expected = SpecVectors.root().get("dnn_baseline");
        float[] input = SpecVectors.values(expected.get("X"));
        FrameBatch batch =
                FrameBatch.of(input, SpecVectors.values(expected.get("M")), SpecVectors.values(expected.get("S")), 6);
        JsonNode parameters = expected.get("params_W1_b1_W2_b2_W3_b3");
        DnnShape shape = new DnnShape(
                8, List.of(parameters.get(0).size(), parameters.get(2).size()), 4, Activation.TANH);
        float[] weights = flat(parameters, shape.size());
        DnnGradient gradients =
                new DnnGradient(shape, Objective.MAGNITUDE, Kernels.scalar().products(), 6);
        float[] gradient = new float[shape.size()];

        double loss = gradients.add(weights, input, batch, gradient);

        // The reference sums the squares, the trainer one half of them.
        assertThat(2 * loss).isCloseTo(expected.get("loss_sum_sq").asDouble(), within(TOLERANCE));
        assertThat(gradients.mask(weights, input, 6))
                .containsExactly(SpecVectors.values(expected.get("mask")), within(1e-5f));
        float[] expectedGradient = flat(expected.get("grads"), shape.size());
        for (int i = 0; i < gradient.length; i++) {
            assertThat(2.0 * gradient[i])
                    .as("weight %d", i)
                    .isCloseTo(expectedGradient[i], within(TOLERANCE * (Math.abs(expectedGradient[i]) + 0.01)));
        }
    }

    private static float[] flat(JsonNode parts, int size) {
        float[] all = new float[size];
        int at = 0;
        for (JsonNode part : parts) {
            float[] values = SpecVectors.values(part);
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        assertThat(at).isEqualTo(size);
        return all;
    }
}
