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
package io.clearline.lab.mrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.unfolding.mrf.ExactMarginals;
import io.clearline.unfolding.mrf.MrfGraph;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactGridTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "4, 1", "2, 2", "3, 4", "4, 3", "5, 3"})
    void marginalsAndSamplesAgreeWithTheSumOverAllStates(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(rows * 10L + columns);
        int units = rows * columns;
        DMatrixRMaj couplings = new DMatrixRMaj(units, units);
        for (MrfGraph.Edge edge : MrfGraph.grid(rows, columns).edges()) {
            double value = 4 * random.nextDouble() - 2;
            couplings.set(edge.from(), edge.to(), value);
            couplings.set(edge.to(), edge.from(), value);
        }
        double[] biases = random.doubles(units, -1, 1).toArray();
        double[] expected = ExactMarginals.of(couplings, biases);
        ExactGrid grid = new ExactGrid(rows, columns, couplings);

        assertThat(grid.marginals(biases)).containsExactly(expected, within(1e-12));

        int images = 20_000;
        DMatrixRMaj drawn = grid.sample(biases, images, random);
        for (int unit = 0; unit < units; unit++) {
            double ones = 0;
            for (int image = 0; image < images; image++) {
                ones += drawn.get(unit, image);
            }
            // Five standard deviations.
            assertThat(ones / images).isCloseTo(expected[unit], within(2.5 / Math.sqrt(images)));
        }
    }
}
