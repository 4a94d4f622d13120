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
package io.clearline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BandMatrixTest {
    private static final int BINS = 321;

    @Test
    void lowRowsAreTheBinsThemselves() {
        BandMatrix matrix = BandMatrix.binsThenErb(80, 24, BINS, 16_000);

        assertThat(matrix.bands()).isEqualTo(104);
        for (int row = 0; row < 80; row++) {
            for (int bin = 0; bin < BINS; bin++) {
                assertThat(matrix.weights()[row * BINS + bin]).isEqualTo(bin == row ? 1 : 0);
            }
        }
    }

    @Test
    void everyRowIsAMeanAndEveryBinIsCovered() {
        BandMatrix matrix = BandMatrix.binsThenErb(80, 24, BINS, 16_000);
        double[] coverage = new double[BINS];
        for (int row = 0; row < matrix.bands(); row++) {
            double sum = 0;
            for (int bin = 0; bin < BINS; bin++) {
                sum += matrix.weights()[row * BINS + bin];
                coverage[bin] += matrix.weights()[row * BINS + bin];
            }
            assertThat(sum).as("row %d", row).isCloseTo(1, within(1e-5));
        }
        for (double weight : coverage) {
            assertThat(weight).isPositive();
        }
    }
}
