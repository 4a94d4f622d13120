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
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.unfolding.SpecSection;
import io.clearline.unfolding.SpecVectors;
import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.NetworkCase;
import io.clearline.unfolding.framework.Signed;
import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Compares mean field, belief propagation and the DNN baseline with the numbers of the specification. */
public final class MrfSections {
    private static final double TOLERANCE = 1e-9;
    private static final DMatrixRMaj NO_INPUT = new DMatrixRMaj(0, 1);

    private MrfSections() {}

    /** Checks the field that all sections share. */
    public static void field(SpecSection section) {
        assertThat(section.get("convention").asText()).startsWith("x in {0,1}");
        DMatrixRMaj a = section.matrix("A");
        double[] b = section.matrix("b").data;
        assertThat(graph().couplings(graph().slot(a, null, b)).data).containsExactly(a.data);
        assertThat(graph().biases(graph().slot(a, null, b))).containsExactly(b);
        section.assertValues("exact_marginals", column(ExactMarginals.of(a, b)));
        // The other sections read these.
        section.skip("targets", "edges");
    }

    static MrfGraph graph() {
        List<MrfGraph.Edge> couplings = new ArrayList<>();
        mrf().get("edges")
                .forEach(pair -> couplings.add(
                        new MrfGraph.Edge(pair.get(0).asInt(), pair.get(1).asInt())));
        return MrfGraph.of(4, couplings, 0, List.of());
    }

    private static JsonNode mrf() {
        return SpecVectors.root().get("mrf");
    }

    private static CrossEntropy objective() {
        return new CrossEntropy(SpecVectors.matrix(mrf().get("targets")));
    }

    /** Returns the untied mean-field network of a section. */
    public static NetworkCase meanField(SpecSection section) {
        int layers = section.count("K");
        return new NetworkCase(
                new UnfoldedNetwork(
                        Collections.nCopies(layers, new MeanFieldLayer(graph(), Unit.BINARY)), Tying.untied(layers)),
                slots(section.matrices("A_layers"), section.matrices("b_layers")),
                NO_INPUT,
                section.matrix("mu0"),
                objective());
    }

    /** Checks means, loss, gradients, and the fixed point of the tied updates. */
    public static void checkMeanField(SpecSection section) {
        NetworkCase network = meanField(section);
        section.assertValues("mu_layers", network.run().states());
        section.assertValue("loss_xent", network.loss());
        gradients(section, network);
        section.assertValues(
                "tied_sequential_fixed_point", fixedPoint(new MeanFieldLayer(graph(), Unit.BINARY), start(0.5, 4)));
    }

    /** Returns the untied network of the alpha family. */
    public static NetworkCase messages(SpecSection section, double alpha) {
        int iterations = section.count("K");
        List<DMatrixRMaj> a = new ArrayList<>(section.matrices("A_layers_receiver_row_sender_col"));
        // The read-out has biases but no couplings.
        a.add(new DMatrixRMaj(4, 4));
        return new NetworkCase(
                UnfoldedNetwork.of(
                        iterations,
                        new MessageLayer(graph(), alpha),
                        new BeliefReadOut(graph()),
                        Tying.untied(iterations + 1)),
                slots(a, section.matrices("b_layers_K_plus_readout")),
                NO_INPUT,
                new DMatrixRMaj(graph().edges().size(), 1),
                objective());
    }

    /** Checks messages, beliefs, loss and gradients. */
    public static void checkMessages(SpecSection section, double alpha) {
        JsonNode edges = section.get("directed_edges");
        assertThat(graph().edges()).hasSize(edges.size());
        for (int e = 0; e < edges.size(); e++) {
            assertThat(graph().edges().get(e))
                    .isEqualTo(new MrfGraph.Edge(
                            edges.get(e).get(0).asInt(), edges.get(e).get(1).asInt()));
        }
        NetworkCase network = messages(section, alpha);
        UnfoldedNetwork.Run run = network.run();
        section.assertValues(
                "messages_per_layer_1_to_K",
                run.states().subList(0, run.states().size() - 1));
        section.assertValues("beliefs", run.output());
        section.assertValue("loss_xent", network.loss());
        gradients(section, network);
    }

    private static void gradients(SpecSection section, NetworkCase network) {
        List<DMatrixRMaj> slopes =
                network.plainSlopes().slots().stream().map(Signed::difference).toList();
        int coupled = section.get("grad_A").size();
        section.assertGradients(
                "grad_A",
                slopes.subList(0, coupled).stream().map(graph()::couplings).toList());
        section.assertGradients(
                "grad_b",
                slopes.stream().map(slope -> column(graph().biases(slope))).toList());
    }

    /** Checks that belief propagation on a tree gives the exact probabilities. */
    public static void checkTree(SpecSection section) {
        DMatrixRMaj a = section.matrix("A");
        double[] b = section.matrix("b").data;
        MrfGraph tree = tree(a);
        int iterations = section.count("layers");
        DMatrixRMaj beliefs = UnfoldedNetwork.of(
                        iterations,
                        new MessageLayer(tree, 1),
                        new BeliefReadOut(tree),
                        new Tying(Collections.nCopies(iterations + 1, 0)))
                .run(
                        List.of(tree.slot(a, null, b)),
                        NO_INPUT,
                        new DMatrixRMaj(tree.edges().size(), 1))
                .output();
        section.assertValues("beliefs", beliefs);
        section.assertValues("exact", beliefs);
        section.assertValues("exact", column(ExactMarginals.of(a, b)));
    }

    private static MrfGraph tree(DMatrixRMaj a) {
        List<MrfGraph.Edge> couplings = new ArrayList<>();
        for (int i = 0; i < a.numRows; i++) {
            for (int j = i + 1; j < a.numCols; j++) {
                if (a.get(i, j) != 0) {
                    couplings.add(new MrfGraph.Edge(i, j));
                }
            }
        }
        return MrfGraph.of(a.numRows, couplings, 0, List.of());
    }

    /** Returns the feed-forward network, whose hidden units have the states -1 and 1. */
    public static NetworkCase dnn(SpecSection section) {
        List<DMatrixRMaj> parameters = section.matrices("params_W1_b1_W2_b2_W3_b3");
        DMatrixRMaj x = section.matrix("X");
        List<Integer> units = new ArrayList<>(List.of(x.numRows));
        for (int i = 0; i < parameters.size(); i += 2) {
            units.add(parameters.get(i).numRows);
        }
        List<Layer> layers = MeanFieldLayer.feedForward(units, Unit.SPIN, Unit.BINARY);
        List<DMatrixRMaj> slots = new ArrayList<>();
        for (int k = 0; k < layers.size(); k++) {
            slots.add(((MeanFieldLayer) layers.get(k))
                    .graph()
                    .slot(parameters.get(2 * k), null, parameters.get(2 * k + 1).data));
        }
        return new NetworkCase(
                new UnfoldedNetwork(layers, Tying.untied(layers.size())),
                slots,
                x,
                x,
                new MaskedSquares(section.matrix("M"), section.matrix("S")));
    }

    /** Checks mask, loss and gradients of the DNN baseline. */
    public static void checkDnn(SpecSection section) {
        NetworkCase network = dnn(section);
        section.assertValues("mask", network.run().output());
        section.assertValue("loss_sum_sq", network.loss());
        List<DMatrixRMaj> gradients = new ArrayList<>();
        List<Signed> slopes = network.plainSlopes().slots();
        for (int k = 0; k < slopes.size(); k++) {
            MrfGraph graph = ((MeanFieldLayer) network.network().layers().get(k)).graph();
            gradients.add(graph.couplings(slopes.get(k).difference()));
            gradients.add(column(graph.biases(slopes.get(k).difference())));
        }
        section.assertGradients("grads", gradients);
    }

    /** Checks that the fixed point of the messages at alpha = 0 is that of mean field. */
    public static void checkMeanFieldLimit() {
        DMatrixRMaj messages = fixedPoint(
                new MessageLayer(graph(), 0), new DMatrixRMaj(graph().edges().size(), 1));
        DMatrixRMaj beliefs = new BeliefReadOut(graph())
                .on(sharedSlot(), NO_INPUT)
                .from(messages)
                .state();
        DMatrixRMaj expected =
                SpecVectors.matrix(SpecVectors.root().get("mean_field").get("tied_sequential_fixed_point"));
        for (int unit = 0; unit < 4; unit++) {
            assertThat(beliefs.data[unit]).isCloseTo(expected.data[unit], within(TOLERANCE));
        }
    }

    /**
     * Checks that the network with states -1 and 1 equals a network with states 0 and 1 and converted weights, because
     * {@code tanh z = 2 sigma(2 z) - 1}.
     */
    public static void checkTanhForm() {
        NetworkCase spins = dnn(new SpecSection(SpecVectors.root().get("dnn_baseline")));
        List<Layer> layers = new ArrayList<>();
        List<DMatrixRMaj> slots = new ArrayList<>();
        for (int k = 0; k < spins.parameters().size(); k++) {
            MrfGraph graph = ((MeanFieldLayer) spins.network().layers().get(k)).graph();
            layers.add(new MeanFieldLayer(graph, Unit.BINARY));
            DMatrixRMaj a = graph.couplings(spins.parameters().get(k));
            double[] b = graph.biases(spins.parameters().get(k));
            double sent = k == 0 ? 1 : 2;
            double received = k + 1 < spins.parameters().size() ? 2 : 1;
            for (int unit = 0; unit < b.length; unit++) {
                for (int from = 0; from < a.numCols; from++) {
                    b[unit] -= k == 0 ? 0 : a.get(unit, from);
                    a.set(unit, from, received * sent * a.get(unit, from));
                }
                b[unit] *= received;
            }
            slots.add(graph.slot(a, null, b));
        }
        DMatrixRMaj mask = new UnfoldedNetwork(layers, spins.network().tying())
                .run(slots, spins.input(), spins.initial())
                .output();
        assertThat(mask.data).containsExactly(spins.run().output().data, within(TOLERANCE));
    }

    private static DMatrixRMaj fixedPoint(Layer layer, DMatrixRMaj start) {
        Layer.Iteration iteration = layer.on(sharedSlot(), NO_INPUT);
        DMatrixRMaj state = start;
        for (int i = 0; i < 1_000; i++) {
            state = iteration.from(state).state();
        }
        return state;
    }

    private static DMatrixRMaj sharedSlot() {
        return graph().slot(SpecVectors.matrix(mrf().get("A")), null, SpecVectors.matrix(mrf().get("b")).data);
    }

    private static List<DMatrixRMaj> slots(List<DMatrixRMaj> a, List<DMatrixRMaj> b) {
        List<DMatrixRMaj> slots = new ArrayList<>();
        for (int k = 0; k < b.size(); k++) {
            slots.add(graph().slot(a.get(k), null, b.get(k).data));
        }
        return slots;
    }

    private static DMatrixRMaj start(double value, int units) {
        DMatrixRMaj start = new DMatrixRMaj(units, 1);
        start.fill(value);
        return start;
    }

    private static DMatrixRMaj column(double[] values) {
        return new DMatrixRMaj(values.length, 1, true, values);
    }
}
