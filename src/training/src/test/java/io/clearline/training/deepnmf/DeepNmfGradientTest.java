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
package io.clearline.training.deepnmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.Source;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.Objective;
import io.clearline.unfolding.SpecVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the single-precision gradients with the reference values in double precision, with every slot trained. */
class DeepNmfGradientTest {
    private static final double TOLERANCE = 1e-4;

    /** The two Kullback-Leibler cases of the specification: without context, and with two frames of context. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void lossAndGradientsAreThoseOfTheReference(int number) {
        JsonNode expected = SpecVectors.root().get("deep_nmf").get(number);
        FrameBatch batch = batch(expected);
        DeepNmfParameters network = network(expected);
        DeepNmfGradient gradients = gradients(expected, network, batch);
        float[] weights = weights(network);
        float[] plain = new float[gradients.size()];
        float[] plus = new float[gradients.size()];
        float[] minus = new float[gradients.size()];

        double loss = gradients.add(weights, batch, plain);
        gradients.addSplit(weights, batch, plus, minus);

        assertThat(loss).isCloseTo(expected.get("loss_D_beta2").asDouble(), within(TOLERANCE * loss));
        assertClose(plain, slots(expected.get("grad_plain_per_slot")));
        assertClose(plus, slots(expected.get("grad_pos_per_slot")));
        assertClose(minus, slots(expected.get("grad_neg_per_slot")));
    }

    private static void assertClose(float[] found, float[] expected) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i])
                    .as("entry %d", i)
                    .isCloseTo(expected[i], within(TOLERANCE * (Math.abs(expected[i]) + 1e-2 * largest)));
        }
    }

    private static FrameBatch batch(JsonNode expected) {
        float[] input = SpecVectors.values(expected.get("M_TFxN_oldest_first"));
        float[] target = SpecVectors.values(expected.get("S_target_FxN"));
        float[] newest = Arrays.copyOfRange(input, input.length - target.length, input.length);
        return FrameBatch.of(input, newest, target, expected.get("H0").get(0).size());
    }

    private static DeepNmfParameters network(JsonNode expected) {
        List<Dictionary> slots = new ArrayList<>();
        for (JsonNode slot : expected.get("W_slots_0_to_K")) {
            slots.add(new Dictionary(slot.size(), slot.get(0).size(), SpecVectors.values(slot)));
        }
        int speech = expected.get("R_target").asInt();
        int rest = expected.get("R_other").asInt();
        return new DeepNmfParameters(
                List.of(new Source("speech", speech), new Source("noise", rest)),
                1,
                expected.get("mu").asDouble(),
                slots,
                new float[speech + rest]);
    }

    private static DeepNmfGradient gradients(JsonNode expected, DeepNmfParameters network, FrameBatch batch) {
        DeepNmfGradient gradients = new DeepNmfGradient(
                network,
                network.slots().size(),
                Objective.MAGNITUDE,
                Kernels.scalar().products(),
                batch.mostColumns());
        float[] initial = SpecVectors.values(expected.get("H0"));
        System.arraycopy(initial, 0, gradients.start(), 0, initial.length);
        return gradients;
    }

    private static float[] weights(DeepNmfParameters network) {
        return joined(network.slots().stream().map(Dictionary::weights).toList());
    }

    private static float[] slots(JsonNode gradients) {
        List<float[]> parts = new ArrayList<>();
        gradients.forEach(slot -> parts.add(SpecVectors.values(slot)));
        return joined(parts);
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
