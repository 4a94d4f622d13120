package io.clearline.unfolding.nmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.unfolding.SpecVectors;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SparseNmfTest {

    private static final double TOLERANCE = 1e-9;

    private final DMatrixRMaj v = SpecVectors.matrix(SpecVectors.sparseNmf().get("V"));
    private final DMatrixRMaj w0 = SpecVectors.matrix(SpecVectors.sparseNmf().get("W0_normalised"));
    private final DMatrixRMaj h0 = SpecVectors.matrix(SpecVectors.sparseNmf().get("H0_rescaled"));

    @Test
    void normalisesTheRawDictionary() {
        DMatrixRMaj raw = SpecVectors.matrix(SpecVectors.sparseNmf().get("W0_raw"));
        assertSame(SparseNmf.normalised(raw), w0);
    }

    @TestFactory
    List<DynamicTest> updatesAsTheSpecificationDoes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode expected : SpecVectors.sparseNmf().get("cases")) {
            SparseNmf nmf = new SparseNmf(
                    expected.get("beta").asDouble(), expected.get("mu").asDouble());
            tests.add(DynamicTest.dynamicTest("activations, " + nmf, () -> activations(nmf, expected)));
            tests.add(DynamicTest.dynamicTest("both, " + nmf, () -> both(nmf, expected)));
        }
        return tests;
    }

    private void activations(SparseNmf nmf, JsonNode expected) {
        DMatrixRMaj h = h0;
        JsonNode objectives = expected.get("objective_after_each_of_10_H_updates");
        for (int i = 0; i < 10; i++) {
            h = nmf.updateActivations(v, w0, h);
            assertThat(nmf.objective(v, w0, h)).isCloseTo(objectives.get(i).asDouble(), within(TOLERANCE));
            if (i == 0) {
                assertSame(h, SpecVectors.matrix(expected.get("H_after_1_H_update_W_fixed")));
            }
        }
        assertSame(h, SpecVectors.matrix(expected.get("H_after_10_H_updates_W_fixed")));
    }

    private void both(SparseNmf nmf, JsonNode expected) {
        DMatrixRMaj w = w0;
        DMatrixRMaj h = h0;
        JsonNode objectives = expected.get("objective_after_each_full_iter");
        for (int i = 0; i < 30; i++) {
            h = nmf.updateActivations(v, w, h);
            w = nmf.updateDictionary(v, w, h);
            assertThat(nmf.objective(v, w, h)).isCloseTo(objectives.get(i).asDouble(), within(TOLERANCE));
            if (i == 0) {
                assertSame(w, SpecVectors.matrix(expected.get("W_after_1_full_iter")));
                assertSame(h, SpecVectors.matrix(expected.get("H_after_1_full_iter")));
            }
        }
        assertSame(w, SpecVectors.matrix(expected.get("W_after_30_full_iters")));
        assertSame(h, SpecVectors.matrix(expected.get("H_after_30_full_iters")));
    }

    @Test
    void replacesZerosBySmallestPositiveEntryBelowBetaTwo() {
        DMatrixRMaj holed = new DMatrixRMaj(new double[][] {{0, 3}, {0.5, 0}});
        assertThat(new SparseNmf(1, 0).withoutZeros(holed).data).containsExactly(0.5, 3, 0.5, 0.5);
        assertThat(new SparseNmf(2, 0).withoutZeros(holed).data).containsExactly(0, 3, 0.5, 0);
    }

    private static void assertSame(DMatrixRMaj found, DMatrixRMaj expected) {
        assertThat(MatrixFeatures_DDRM.isIdentical(found, expected, TOLERANCE))
                .as("found %s expected %s", found, expected)
                .isTrue();
    }
}
