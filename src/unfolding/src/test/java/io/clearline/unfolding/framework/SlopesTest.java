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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.unfolding.mrf.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares the backward pass of every layer with central differences, at random shapes and seeds. */
class SlopesTest {
    private static final int SEEDS = 12;
    private static final double TOLERANCE = 1e-6;

    private static Map<String, Function<RandomNetworks, NetworkCase>> networks() {
        Map<String, Function<RandomNetworks, NetworkCase>> networks = new TreeMap<>();
        for (double beta : new double[] {0, 0.5, 1, 1.5, 2, 2.5, 3.5}) {
            networks.put("deep NMF, beta " + beta, random -> random.deepNmf(beta));
        }
        networks.put("deep NMF, columns normalised", random -> random.normalisedDeepNmf(1));
        networks.put("deep NMF, Euclidean and fast", RandomNetworks::euclidean);
        networks.put("mean field, 0 and 1", random -> random.meanField(Unit.BINARY));
        networks.put("mean field, -1 and 1", random -> random.meanField(Unit.SPIN));
        for (double alpha : new double[] {0, 0.3, 1}) {
            networks.put("messages, alpha " + alpha, random -> random.messages(alpha));
        }
        networks.put("feed forward, 0 and 1", random -> random.feedForward(Unit.BINARY));
        networks.put("feed forward, -1 and 1", random -> random.feedForward(Unit.SPIN));
        return networks;
    }

    @TestFactory
    List<DynamicTest> areThoseOfCentralDifferences() {
        return each(network -> assertThat(network.maxGradientError()).isLessThan(TOLERANCE));
    }

    @TestFactory
    List<DynamicTest> thePartsAreNotNegativeAndDifferByThePlainSlopes() {
        return each(network -> {
            UnfoldedNetwork.Slopes plain = network.plainSlopes();
            UnfoldedNetwork.Slopes split = network.splitSlopes();
            for (int slot = 0; slot < plain.slots().size(); slot++) {
                assertParts(split.slots().get(slot), plain.slots().get(slot));
            }
            assertParts(split.initial(), plain.initial());
        });
    }

    private static void assertParts(Signed split, Signed plain) {
        for (int i = 0; i < split.plus().getNumElements(); i++) {
            double size = split.plus().data[i] + split.minus().data[i];
            // Cancellation may leave rounding errors below zero.
            assertThat(split.plus().data[i]).isGreaterThanOrEqualTo(-1e-12 * (1 + size));
            assertThat(split.minus().data[i]).isGreaterThanOrEqualTo(-1e-12 * (1 + size));
            double difference = split.plus().data[i] - split.minus().data[i];
            assertThat(Math.abs(difference - plain.difference().data[i])).isLessThan(1e-10 * (1 + size));
        }
    }

    private static List<DynamicTest> each(Consumer<NetworkCase> check) {
        List<DynamicTest> tests = new ArrayList<>();
        networks().forEach((name, make) -> {
            for (int seed = 1; seed <= SEEDS; seed++) {
                NetworkCase network = make.apply(new RandomNetworks(seed));
                tests.add(DynamicTest.dynamicTest(name + ", seed " + seed, () -> check.accept(network)));
            }
        });
        return tests;
    }
}
