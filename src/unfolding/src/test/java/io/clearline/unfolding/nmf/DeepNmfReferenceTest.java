package io.clearline.unfolding.nmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.unfolding.SpecVectors;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DeepNmfReferenceTest {

    private static final double TOLERANCE = 1e-9;

    @TestFactory
    List<DynamicTest> forwardGivesTheSpecificationsNumbers() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode expected : SpecVectors.deepNmf()) {
            String name = "beta " + expected.get("beta1") + ", T = " + expected.get("T_context");
            tests.add(DynamicTest.dynamicTest(name, () -> assertForward(expected)));
        }
        return tests;
    }

    private static void assertForward(JsonNode expected) {
        DeepNmfReference.Forward forward = run(SpecVectors.network(expected), expected);
        List<DMatrixRMaj> activations = SpecVectors.matrices(expected.get("H_1_to_K"));
        assertThat(forward.activations()).hasSameSizeAs(activations);
        for (int k = 0; k < activations.size(); k++) {
            assertSame(forward.activations().get(k), activations.get(k));
        }
        assertSame(forward.reconstruction(), SpecVectors.matrix(expected.get("Lambda_recon")));
        assertSame(forward.sourceReconstructions().get(0), SpecVectors.matrix(expected.get("Lambda_target")));
        assertSame(forward.estimate(0, target(expected)), SpecVectors.matrix(expected.get("S_hat_wiener")));
        assertThat(loss(forward, expected))
                .isCloseTo(expected.get("loss_D_beta2").asDouble(), within(TOLERANCE));
    }

    @Test
    void aNormalisedLayerGivesTheSpecificationsLoss() {
        JsonNode expected = SpecVectors.normalisedLayer();
        JsonNode network = SpecVectors.deepNmf().get(0);
        DeepNmfReference normalised = SpecVectors.network(network)
                .withNormalisedSlot(expected.get("slot").asInt());
        assertThat(loss(run(normalised, network), network))
                .isCloseTo(expected.get("loss").asDouble(), within(TOLERANCE));
    }

    @Test
    void theSourcesAddUpToTheMixture() {
        JsonNode network = SpecVectors.deepNmf().get(0);
        DeepNmfReference.Forward forward = run(SpecVectors.network(network), network);
        DMatrixRMaj sum = forward.estimate(0, target(network));
        CommonOps_DDRM.addEquals(sum, forward.estimate(1, target(network)));
        assertSame(sum, target(network));
    }

    private static DeepNmfReference.Forward run(DeepNmfReference network, JsonNode from) {
        return network.forward(SpecVectors.matrix(from.get("M_TFxN_oldest_first")), SpecVectors.matrix(from.get("H0")));
    }

    private static DMatrixRMaj target(JsonNode network) {
        DMatrixRMaj input = SpecVectors.matrix(network.get("M_TFxN_oldest_first"));
        int bins = network.get("F").asInt();
        return CommonOps_DDRM.extract(input, input.numRows - bins, input.numRows, 0, input.numCols);
    }

    private static double loss(DeepNmfReference.Forward forward, JsonNode network) {
        DMatrixRMaj clean = SpecVectors.matrix(network.get("S_target_FxN"));
        return BetaDivergence.sum(network.get("beta2").asDouble(), clean, forward.estimate(0, target(network)));
    }

    private static void assertSame(DMatrixRMaj found, DMatrixRMaj expected) {
        assertThat(MatrixFeatures_DDRM.isIdentical(found, expected, TOLERANCE))
                .as("found %s expected %s", found, expected)
                .isTrue();
    }
}
