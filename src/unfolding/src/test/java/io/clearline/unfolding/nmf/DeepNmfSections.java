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
import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.NetworkCase;
import io.clearline.unfolding.framework.Signed;
import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Compares deep NMF with the numbers of the specification. */
public final class DeepNmfSections {
    private static final double TOLERANCE = 1e-9;

    private DeepNmfSections() {}

    /** Returns the untied network of a section. */
    public static NetworkCase network(SpecSection section) {
        List<Integer> sourceAtoms = List.of(section.count("R_target"), section.count("R_other"));
        int iterations = section.count("K");
        return new NetworkCase(
                new DeepNmf(sourceAtoms, section.number("beta1"), section.number("mu"))
                        .unfold(iterations, Tying.untied(iterations + 1)),
                section.matrices("W_slots_0_to_K"),
                section.matrix("M_TFxN_oldest_first"),
                section.matrix("H0"),
                SourceDivergence.ofFirst(section.number("beta2"), section.matrix("S_target_FxN")));
    }

    /** Checks the forward pass, the backward pass, and multiplicative training. */
    public static void check(SpecSection section) {
        NetworkCase network = network(section);
        assertThat(network.input().numRows).isEqualTo(section.count("F") * section.count("T_context"));
        forward(section, network);
        plainGradients(section, network.plainSlopes());
        List<Signed> split = network.splitSlopes().slots();
        section.assertGradients(
                "grad_pos_per_slot", split.stream().map(Signed::plus).toList());
        section.assertGradients(
                "grad_neg_per_slot", split.stream().map(Signed::minus).toList());
        multiplicativeTraining(section, network);
        assertThat(network.maxGradientError()).isLessThan(100 * section.number("fd_max_rel_err"));
    }

    private static void forward(SpecSection section, NetworkCase network) {
        int iterations = section.count("K");
        UnfoldedNetwork.Run run = network.run();
        section.assertValues("H_1_to_K", run.states().subList(0, iterations));
        DMatrixRMaj h = run.states().get(iterations - 1);
        DMatrixRMaj readOut = network.parameters().get(iterations);
        section.assertValues("Lambda_recon", SparseNmf.reconstruction(readOut, h));
        WienerReadOut last = (WienerReadOut) network.network().layers().get(iterations);
        section.assertValues("Lambda_target", last.parts(readOut, h).get(0));
        section.assertValues("S_hat_wiener", Matrices.rows(run.output(), 0, section.count("F")));
        section.assertValue("loss_D_beta2", network.loss());
    }

    private static void plainGradients(SpecSection section, UnfoldedNetwork.Slopes slopes) {
        section.assertGradients(
                "grad_plain_per_slot",
                slopes.slots().stream().map(Signed::difference).toList());
        section.assertGradients("grad_H0", slopes.initial().difference());
        int[] tied = indices(section.get("tied_slots"));
        // The section also has the gradient of the tied layers: the sum over their slots.
        Tying tying = Tying.highestUntied(slopes.slots().size(), section.count("C"));
        assertThat(tying.parameterOf().stream().filter(parameter -> parameter == 0))
                .hasSameSizeAs(tied);
        section.assertGradients(
                "grad_tied_matrix_sum_of_tied_slots",
                new UnfoldedNetwork.Slopes(slopes.slots(), slopes.initial(), tying)
                        .parameters()
                        .get(0)
                        .difference());
    }

    private static void multiplicativeTraining(SpecSection section, NetworkCase network) {
        int[] untied = indices(section.get("untied_slots"));
        assertThat(untied).hasSize(section.count("C"));
        NetworkCase once = network.stepped(untied, 1);
        SpecSection expected = new SpecSection(section.get("W_untied_after_one_multiplicative_step"));
        for (int slot : untied) {
            expected.assertValues(Integer.toString(slot), once.parameters().get(slot));
        }
        expected.assertAllRead();
        section.assertValue("loss_after_one_step", once.loss());
        section.get("loss_trace_40_steps").properties().forEach(trace -> {
            double exponent = Double.parseDouble(trace.getKey().replace("exponent_", ""));
            NetworkCase now = network;
            for (JsonNode loss : trace.getValue()) {
                assertThat(now.loss()).as(trace.getKey()).isCloseTo(loss.asDouble(), within(TOLERANCE));
                now = now.stepped(untied, exponent);
            }
        });
    }

    /** Returns the first network, with the columns of one slot normalised inside the layer. */
    public static NetworkCase normalisedNetwork(int slot) {
        NetworkCase plain = network(new SpecSection(SpecVectors.deepNmf().get(0)));
        List<Layer> layers = new ArrayList<>(plain.network().layers());
        layers.set(slot, new NormalisedLayer(layers.get(slot)));
        return new NetworkCase(
                new UnfoldedNetwork(layers, plain.network().tying()),
                plain.parameters(),
                plain.input(),
                plain.initial(),
                plain.objective());
    }

    /** Checks the loss and the gradients of {@link #normalisedNetwork}. */
    public static void checkNormalised(SpecSection section) {
        assertThat(section.get("uses").asText()).startsWith("deep_nmf[0]");
        int slot = section.count("slot");
        NetworkCase network = normalisedNetwork(slot);
        section.assertValue("loss", network.loss());
        Signed gradient = network.splitSlopes().slots().get(slot);
        section.assertGradients("grad_pos_raw", gradient.plus());
        section.assertGradients("grad_neg_raw", gradient.minus());
        section.assertGradients("grad_raw", gradient.difference());
    }

    /**
     * Returns the largest difference between the gradient of the read-out of the first network and the closed form that
     * discriminative NMF has for two sources.
     */
    public static double closedFormError() {
        SpecSection section = new SpecSection(SpecVectors.deepNmf().get(0));
        NetworkCase network = network(section);
        int iterations = section.count("K");
        int atoms = section.count("R_target");
        List<DMatrixRMaj> states = network.run().states();
        DMatrixRMaj h = states.get(iterations - 1);
        DMatrixRMaj w = network.parameters().get(iterations);
        DMatrixRMaj mixture = section.matrix("M_TFxN_oldest_first");
        DMatrixRMaj own = section.matrix("Lambda_target");
        DMatrixRMaj all = section.matrix("Lambda_recon");
        // For beta2 = 2, d+ - d- is the estimate minus the target.
        DMatrixRMaj error = Matrices.minus(section.matrix("S_hat_wiener"), section.matrix("S_target_FxN"));
        DMatrixRMaj ofOwn = new DMatrixRMaj(error.numRows, error.numCols);
        DMatrixRMaj ofOther = new DMatrixRMaj(error.numRows, error.numCols);
        for (int i = 0; i < error.getNumElements(); i++) {
            double perModel = error.data[i] * mixture.data[i] / (all.data[i] * all.data[i]);
            ofOwn.data[i] = perModel * (all.data[i] - own.data[i]);
            ofOther.data[i] = -perModel * own.data[i];
        }
        DMatrixRMaj expected = new DMatrixRMaj(w.numRows, w.numCols);
        CommonOps_DDRM.insert(Matrices.timesTransposed(ofOwn, Matrices.rows(h, 0, atoms)), expected, 0, 0);
        CommonOps_DDRM.insert(
                Matrices.timesTransposed(ofOther, Matrices.rows(h, atoms, h.numRows)), expected, 0, atoms);
        DMatrixRMaj found = network.plainSlopes().slots().get(iterations).difference();
        return CommonOps_DDRM.elementMaxAbs(Matrices.minus(found, expected));
    }

    private static int[] indices(JsonNode list) {
        return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
    }
}
