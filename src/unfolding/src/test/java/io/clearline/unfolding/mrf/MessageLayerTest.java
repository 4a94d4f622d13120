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
package io.clearline.unfolding.mrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLayerTest {
    private static final DMatrixRMaj NO_INPUT = new DMatrixRMaj(0, 1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void beliefPropagationIsExactOnAnyTree(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int units = random.nextInt(2, 12);
        List<MrfGraph.Edge> couplings = new ArrayList<>();
        DMatrixRMaj a = new DMatrixRMaj(units, units);
        double[] b = new double[units];
        for (int unit = 0; unit < units; unit++) {
            b[unit] = random.nextDouble(-1, 1);
            if (unit > 0) {
                int parent = random.nextInt(unit);
                couplings.add(new MrfGraph.Edge(parent, unit));
                a.set(parent, unit, random.nextDouble(-3, 3));
                a.set(unit, parent, a.get(parent, unit));
            }
        }
        MrfGraph tree = MrfGraph.of(units, couplings, 0, List.of());

        DMatrixRMaj beliefs = beliefs(tree, 1, units, tree.slot(a, null, b), NO_INPUT);

        assertThat(beliefs.data).containsExactly(ExactMarginals.of(a, b), within(1e-12));
    }

    /** On a graph with loops belief propagation is approximate, but more accurate than mean field. */
    @Test
    void onALoopBeliefPropagationIsCloserThanMeanField() {
        MrfGraph graph = MrfGraph.grid(3, 3);
        SplittableRandom random = new SplittableRandom(1);
        DMatrixRMaj a = new DMatrixRMaj(9, 9);
        double[] b = random.doubles(9, -0.5, 0.5).toArray();
        for (MrfGraph.Edge edge : graph.edges()) {
            if (edge.from() < edge.to()) {
                a.set(edge.from(), edge.to(), random.nextDouble(-1.5, 1.5));
                a.set(edge.to(), edge.from(), a.get(edge.from(), edge.to()));
            }
        }
        DMatrixRMaj slot = graph.slot(a, new DMatrixRMaj(9, 9), b);
        double[] exact = ExactMarginals.of(a, b);
        DMatrixRMaj noInput = new DMatrixRMaj(9, 1);
        double messageDistance = distance(beliefs(graph, 1, 30, slot, noInput).data, exact);
        double meanFieldDistance = distance(beliefs(graph, 0, 30, slot, noInput).data, exact);
        assertThat(messageDistance).isBetween(1e-6, meanFieldDistance / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void alphaZeroIsMeanFieldStepByStep(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MrfGraph graph = MrfGraph.grid(3, 4);
        int layers = 4;
        DMatrixRMaj input = random(random, 12, 2);
        List<DMatrixRMaj> means = new ArrayList<>();
        for (int k = 0; k < layers; k++) {
            means.add(random(random, graph.weights(), 1));
        }
        DMatrixRMaj expected = new UnfoldedNetwork(
                        Collections.nCopies(layers, new MeanFieldLayer(graph, Unit.BINARY)), Tying.untied(layers))
                .run(means, input, new DMatrixRMaj(12, 2))
                .output();

        // A message layer applies the couplings when it sends, mean field when it receives. The couplings of a message
        // layer are therefore those of the mean-field layer above it.
        List<DMatrixRMaj> messages = new ArrayList<>();
        for (int k = 0; k < layers; k++) {
            DMatrixRMaj slot = means.get(k).copy();
            if (k + 1 < layers) {
                System.arraycopy(
                        means.get(k + 1).data, 0, slot.data, 0, graph.edges().size());
            }
            messages.add(slot);
        }
        DMatrixRMaj found = UnfoldedNetwork.of(
                        layers - 1, new MessageLayer(graph, 0), new BeliefReadOut(graph), Tying.untied(layers))
                .run(messages, input, new DMatrixRMaj(graph.edges().size(), 2))
                .output();

        assertThat(found.data).containsExactly(expected.data, within(1e-13));
    }

    @Test
    void alphaOutsideTheFamilyIsRefused() {
        assertThatThrownBy(() -> new MessageLayer(MrfGraph.grid(2, 2), 1.5))
                .hasMessageContaining("expected 0 (mean field) to 1 (belief propagation), found 1.5");
    }

    @Test
    void aGraphOfOneDirectionIsRefused() {
        assertThatThrownBy(() -> new MessageLayer(MrfGraph.layers(2, 3), 1))
                .hasMessageContaining("expected edges in both directions");
    }

    private static DMatrixRMaj beliefs(MrfGraph graph, double alpha, int iterations, DMatrixRMaj slot, DMatrixRMaj x) {
        return UnfoldedNetwork.of(
                        iterations,
                        new MessageLayer(graph, alpha),
                        new BeliefReadOut(graph),
                        Tying.highestUntied(iterations + 1, 1))
                .run(List.of(slot, slot), x, new DMatrixRMaj(graph.edges().size(), 1))
                .output();
    }

    private static double distance(double[] found, double[] exact) {
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            sum += Math.abs(found[i] - exact[i]);
        }
        return sum;
    }

    private static DMatrixRMaj random(SplittableRandom random, int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = random.nextDouble(-1, 1);
        }
        return matrix;
    }
}
