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
package io.clearline.training.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.training.NetworkKind;
import io.clearline.training.Recipe;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WidenedStartTest {
    private static final int HOPS = 5;

    @Test
    void aWidenedNetworkBeginsAsTheNarrowOne() {
        GramWeights shape = new GramWeights(recipe(4, 3, 3));
        GramNmfParameters narrow = shape.network(random(shape, 1));
        GramWeights wider = new GramWeights(recipe(8, 6, 3));

        GramNmfParameters wide = wider.network(new WidenedStart(wider, narrow).weights(0, 1));

        float[] expected = masks(narrow);
        float[] found = masks(wide);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-4f));
        }
    }

    @Test
    void aNetworkBesideItselfGivesWhatItGivesAlone() {
        GramWeights shape = new GramWeights(recipe(4, 3, 3));
        GramNmfParameters network = shape.network(random(shape, 1));

        assertThat(masks(SideBySide.of(List.of(network, shape.network(random(shape, 1))))))
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(masks(network));
    }

    @Test
    void theMaskOfTwoNetworksLiesBetweenTheirs() {
        GramWeights shape = new GramWeights(recipe(4, 3, 3));
        GramNmfParameters one = shape.network(random(shape, 1));
        GramNmfParameters other = shape.network(random(shape, 2));

        float[] both = masks(SideBySide.of(List.of(one, other)));

        float[] first = masks(one);
        float[] second = masks(other);
        for (int i = 0; i < both.length; i++) {
            assertThat(both[i]).isBetween(Math.min(first[i], second[i]) - 1e-5f, Math.max(first[i], second[i]) + 1e-5f);
        }
    }

    @Test
    void copiesAreNotQuiteAlikeSoThatTheyCanPart() {
        GramWeights shape = new GramWeights(recipe(4, 3, 3));
        GramWeights wider = new GramWeights(recipe(8, 6, 3));

        float[] weights = new WidenedStart(wider, shape.network(random(shape, 1))).weights(1);

        assertThat(weights[wider.initial()]).isNotEqualTo(weights[wider.initial() + 4]);
    }

    @Test
    void anotherDepthIsRefusedWithBothShapes() {
        GramWeights shape = new GramWeights(recipe(4, 3, 3));
        GramNmfParameters narrow = shape.network(random(shape, 1));

        assertThatThrownBy(() -> new WidenedStart(new GramWeights(recipe(8, 6, 4)), narrow))
                .hasMessageContaining("3 layers (2 of them with a memory)")
                .hasMessageContaining("4 (3), and 8 of 14");
    }

    private static Recipe recipe(int speechAtoms, int noiseAtoms, int layers) {
        return new Recipe(
                "test",
                16_000,
                128,
                64,
                10,
                2,
                true,
                speechAtoms,
                noiseAtoms,
                layers,
                true,
                10,
                2,
                0.1,
                0.05,
                1,
                NetworkKind.GRAM,
                null,
                null,
                null,
                0,
                null);
    }

    private static float[] random(GramWeights shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] logarithms = new float[shape.size()];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = (float) random.nextDouble(-1.5, -0.2);
        }
        return logarithms;
    }

    private static float[] masks(GramNmfParameters network) {
        SplittableRandom random = new SplittableRandom(2);
        float[] input = new float[HOPS * network.inputRows()];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextDouble();
        }
        float[] masks = new float[HOPS * network.bins()];
        float[] memory = new float[network.memoryLength()];
        float[][] memories = {memory, memory, memory, memory, memory};
        new ScalarKernel().prepare(network, HOPS).run(input, memories, masks, HOPS);
        return masks;
    }
}
