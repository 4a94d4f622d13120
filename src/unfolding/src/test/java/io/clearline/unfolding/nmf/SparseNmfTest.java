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
