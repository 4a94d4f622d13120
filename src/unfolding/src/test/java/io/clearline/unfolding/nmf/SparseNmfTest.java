package io.clearline.unfolding.nmf;

import static org.assertj.core.api.Assertions.assertThat;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SparseNmfTest {

    @Test
    void replacesZerosBySmallestPositiveEntryBelowBetaTwo() {
        DMatrixRMaj holed = new DMatrixRMaj(new double[][] {{0, 3}, {0.5, 0}});
        assertThat(new SparseNmf(1, 0).withoutZeros(holed).data).containsExactly(0.5, 3, 0.5, 0.5);
        assertThat(new SparseNmf(2, 0).withoutZeros(holed).data).containsExactly(0, 3, 0.5, 0);
    }
}
