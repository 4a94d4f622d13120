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

import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.NetworkCase;
import io.clearline.unfolding.framework.RandomNetworks;
import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepNmfTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void allSourcesAddUpToTheMixture(long seed) {
        NetworkCase network = new RandomNetworks(seed).deepNmf(1);
        DMatrixRMaj estimates = network.run().output();
        int bins = network.parameters().get(network.parameters().size() - 1).numRows;
        DMatrixRMaj mixture = Matrices.lastRows(network.input(), bins);
        for (int i = 0; i < mixture.getNumElements(); i++) {
            double sum = 0;
            for (int at = i; at < estimates.getNumElements(); at += mixture.getNumElements()) {
                sum += estimates.data[at];
            }
            assertThat(sum).isCloseTo(mixture.data[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theFastEuclideanFormGivesTheSameForwardAndBack(long seed) {
        NetworkCase fast = new RandomNetworks(seed).euclidean();
        List<Layer> layers = new ArrayList<>(fast.network().layers());
        EuclideanLayer layer = (EuclideanLayer) layers.get(0);
        layers.replaceAll(each -> each.equals(layer) ? new NmfLayer(2, layer.sparsity()) : each);
        NetworkCase plain = new NetworkCase(
                new UnfoldedNetwork(layers, fast.network().tying()),
                fast.parameters(),
                fast.input(),
                fast.initial(),
                fast.objective());
        assertThat(fast.loss()).isCloseTo(plain.loss(), within(1e-10));
        for (int parameter = 0; parameter < fast.parameters().size(); parameter++) {
            DMatrixRMaj expected =
                    plain.splitSlopes().parameters().get(parameter).plus();
            assertThat(fast.splitSlopes().parameters().get(parameter).plus().data)
                    .containsExactly(expected.data, within(1e-9));
        }
    }

    /** The untrained network is sparse NMF, stopped after K updates. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1.5})
    void tiedEverywhereItIsSparseNmf(double beta) {
        NetworkCase base = new RandomNetworks(3).separation(beta);
        DMatrixRMaj w = base.parameters().get(0);

        UnfoldedNetwork network = new DeepNmf(List.of(3, 3), beta, 0.1).unfold(7, new Tying(Collections.nCopies(8, 0)));
        SparseNmf nmf = new SparseNmf(beta, 0.1);
        DMatrixRMaj h = base.initial();
        double objective = nmf.objective(base.input(), w, h);
        List<DMatrixRMaj> states =
                network.run(List.of(w), base.input(), base.initial()).states();
        for (int k = 0; k < 7; k++) {
            h = nmf.updateActivations(base.input(), w, h);
            assertThat(states.get(k).data).containsExactly(h.data, within(1e-13));
            double next = nmf.objective(base.input(), w, h);
            assertThat(next).isLessThan(objective);
            objective = next;
        }
    }
}
