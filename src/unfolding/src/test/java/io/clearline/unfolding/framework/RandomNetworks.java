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

import io.clearline.unfolding.mrf.BeliefReadOut;
import io.clearline.unfolding.mrf.CrossEntropy;
import io.clearline.unfolding.mrf.MaskedSquares;
import io.clearline.unfolding.mrf.MeanFieldLayer;
import io.clearline.unfolding.mrf.MessageLayer;
import io.clearline.unfolding.mrf.MrfGraph;
import io.clearline.unfolding.mrf.Unit;
import io.clearline.unfolding.nmf.EuclideanLayer;
import io.clearline.unfolding.nmf.NmfLayer;
import io.clearline.unfolding.nmf.NormalisedLayer;
import io.clearline.unfolding.nmf.SourceDivergence;
import io.clearline.unfolding.nmf.WienerReadOut;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Draws networks of every kind with random shapes, tyings and weights. A seed gives the same networks every time. */
public final class RandomNetworks {
    private final SplittableRandom random;

    public RandomNetworks(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns deep NMF of two or three sources; each slot has its own context. */
    public NetworkCase deepNmf(double beta) {
        return deepNmf(new NmfLayer(beta, random.nextDouble(0, 0.5)), random.nextInt(1, 4));
    }

    public NetworkCase normalisedDeepNmf(double beta) {
        return deepNmf(new NormalisedLayer(new NmfLayer(beta, random.nextDouble(0, 0.5))), random.nextInt(1, 4));
    }

    public NetworkCase euclidean() {
        return deepNmf(new EuclideanLayer(random.nextDouble(0, 0.5)), random.nextInt(1, 4));
    }

    /**
     * Returns a realistic separation task: mixtures of a target and noise, each made of few atoms, and dictionaries
     * near the true ones. The last two slots are untied, and only the target is estimated.
     */
    public NetworkCase separation(double beta) {
        int bins = 12;
        int frames = 30;
        List<Integer> sourceAtoms = List.of(3, 3);
        DMatrixRMaj truth = spiky(bins, 6);
        DMatrixRMaj activations = spiky(6, frames);
        DMatrixRMaj target = Matrices.product(Matrices.columns(truth, 0, 3), Matrices.rows(activations, 0, 3));
        DMatrixRMaj other = Matrices.product(Matrices.columns(truth, 3, 6), Matrices.rows(activations, 3, 6));
        DMatrixRMaj learnt = Matrices.map(truth, value -> value * random.nextDouble(0.5, 1.5));
        DMatrixRMaj start = new DMatrixRMaj(6, frames);
        start.fill(1);
        return new NetworkCase(
                UnfoldedNetwork.of(
                        5, new NmfLayer(beta, 0.1), new WienerReadOut(sourceAtoms), Tying.highestUntied(6, 2)),
                List.of(learnt, learnt.copy(), learnt.copy()),
                Matrices.map(target, other, Double::sum),
                start,
                SourceDivergence.ofFirst(2, target));
    }

    /** Returns a matrix with few large entries, many small ones and no zeros. */
    private DMatrixRMaj spiky(int rows, int columns) {
        return Matrices.map(matrix(rows, columns, 0, 1), value -> 0.02 + 2 * Math.pow(value, 4));
    }

    private NetworkCase deepNmf(Layer layer, int iterations) {
        int bins = random.nextInt(3, 7);
        int frames = random.nextInt(1, 5);
        List<Integer> sourceAtoms = IntStream.range(0, random.nextInt(2, 4))
                .mapToObj(number -> random.nextInt(1, 4))
                .toList();
        int atoms = sourceAtoms.stream().mapToInt(Integer::intValue).sum();
        Tying tying = Tying.highestUntied(iterations + 1, random.nextInt(1, iterations + 2));
        List<DMatrixRMaj> slots = new ArrayList<>();
        for (int slot = 0; slot < tying.parameters(); slot++) {
            boolean readOut = slot == tying.parameters() - 1;
            slots.add(matrix(bins * (readOut ? 1 : random.nextInt(1, 4)), atoms, 0.1, 1.5));
        }
        List<DMatrixRMaj> targets = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int source = 0; source < sourceAtoms.size(); source++) {
            targets.add(matrix(bins, frames, 0.1, 2));
            weights.add(random.nextDouble(0.5, 1.5));
        }
        return new NetworkCase(
                UnfoldedNetwork.of(iterations, layer, new WienerReadOut(sourceAtoms), tying),
                slots,
                matrix(3 * bins, frames, 0.1, 3),
                matrix(atoms, frames, 0.2, 1.5),
                new SourceDivergence(random.nextInt(1, 3), targets, weights));
    }

    /** Returns a mean-field network whose couplings and inputs have both signs. */
    public NetworkCase meanField(Unit unit) {
        MrfGraph graph = graph();
        int layers = random.nextInt(1, 5);
        Tying tying = Tying.highestUntied(layers, random.nextInt(1, layers + 1));
        int columns = random.nextInt(1, 4);
        MeanFieldLayer hidden = new MeanFieldLayer(graph, unit);
        return new NetworkCase(
                UnfoldedNetwork.of(layers - 1, hidden, new MeanFieldLayer(graph, Unit.BINARY), tying),
                slots(graph, tying),
                matrix(graph.inputs(), columns, -2, 2),
                matrix(graph.senders(), columns, -0.9, 0.9),
                new CrossEntropy(matrix(graph.receivers(), columns, 0, 1)));
    }

    /** Returns a network of the alpha family that starts from messages of both signs. */
    public NetworkCase messages(double alpha) {
        MrfGraph graph = graph();
        int iterations = random.nextInt(1, 5);
        Tying tying = Tying.highestUntied(iterations + 1, random.nextInt(1, iterations + 2));
        int columns = random.nextInt(1, 4);
        return new NetworkCase(
                UnfoldedNetwork.of(iterations, new MessageLayer(graph, alpha), new BeliefReadOut(graph), tying),
                slots(graph, tying),
                matrix(graph.inputs(), columns, -2, 2),
                matrix(graph.edges().size(), columns, -1, 1),
                new CrossEntropy(matrix(graph.receivers(), columns, 0, 1)));
    }

    /** Returns a DNN baseline. */
    public NetworkCase feedForward(Unit hidden) {
        List<Integer> units = List.of(random.nextInt(2, 6), random.nextInt(2, 6), random.nextInt(2, 6), 3);
        List<Layer> layers = MeanFieldLayer.feedForward(units, hidden, Unit.BINARY);
        int columns = random.nextInt(1, 4);
        DMatrixRMaj input = matrix(units.get(0), columns, -2, 2);
        List<DMatrixRMaj> slots = layers.stream()
                .map(layer -> matrix(((MeanFieldLayer) layer).graph().weights(), 1, -1, 1))
                .toList();
        return new NetworkCase(
                new UnfoldedNetwork(layers, Tying.untied(layers.size())),
                slots,
                input,
                input,
                new MaskedSquares(matrix(3, columns, 0.1, 2), matrix(3, columns, 0, 2)));
    }

    private MrfGraph graph() {
        int units = random.nextInt(2, 7);
        int inputs = random.nextInt(1, 4);
        List<MrfGraph.Edge> couplings = new ArrayList<>();
        List<MrfGraph.Edge> inputEdges = new ArrayList<>();
        for (int i = 0; i < units; i++) {
            for (int j = i + 1; j < units; j++) {
                if (j == i + 1 || random.nextInt(2) == 0) {
                    couplings.add(new MrfGraph.Edge(i, j));
                }
            }
            inputEdges.add(new MrfGraph.Edge(random.nextInt(inputs), i));
        }
        return MrfGraph.of(units, couplings, inputs, inputEdges);
    }

    private List<DMatrixRMaj> slots(MrfGraph graph, Tying tying) {
        return IntStream.range(0, tying.parameters())
                .mapToObj(slot -> matrix(graph.weights(), 1, -1.5, 1.5))
                .toList();
    }

    private DMatrixRMaj matrix(int rows, int columns, double min, double max) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = random.nextDouble(min, max);
        }
        return matrix;
    }
}
