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

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiplicativeTrainingTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 1.5, 2, 2.5})
    void wholeStepsOnMixturesLetTheObjectiveFallEveryTime(double beta) {
        for (int seed = 1; seed <= 5; seed++) {
            NetworkCase network = new RandomNetworks(seed).separation(beta);
            assertFalls(network, new int[] {1, 2}, 1, 40, seed);
        }
    }

    /** If targets and mixture are unrelated, a full step may overshoot. A small step must not. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 1.5, 2, 2.5})
    void smallStepsLetAnyObjectiveFallEveryTime(double beta) {
        for (int seed = 1; seed <= 10; seed++) {
            NetworkCase network = new RandomNetworks(seed).deepNmf(beta);
            int[] all = IntStream.range(0, network.parameters().size()).toArray();
            assertFalls(network, all, 0.1, 40, seed);
        }
    }

    private static void assertFalls(NetworkCase start, int[] trained, double exponent, int steps, int seed) {
        NetworkCase network = start;
        double loss = network.loss();
        for (int step = 0; step < steps; step++) {
            network = network.stepped(trained, exponent);
            double next = network.loss();
            assertThat(next).as("loss of seed %d after step %d", seed, step).isLessThan(loss);
            for (DMatrixRMaj weights : network.parameters()) {
                assertThat(Arrays.stream(weights.data))
                        .allMatch(weight -> weight >= 0 && weight < Double.POSITIVE_INFINITY);
            }
            loss = next;
        }
    }
}
