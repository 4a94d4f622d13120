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
package io.clearline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SurfaceFitTest {
    private static final int VALUES = 3000;

    private final double[] x = new double[VALUES];
    private final double[] y = new double[VALUES];
    private final double[] truth = new double[VALUES];
    private final int[] groups = new int[VALUES];

    private void draw(double groupOffsetDb) {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < VALUES; i++) {
            x[i] = 20 * random.nextDouble();
            y[i] = -5 + 15 * random.nextDouble();
            groups[i] = i % 2;
            truth[i] = 2
                    + 0.5 * x[i]
                    - 0.2 * y[i]
                    + 0.03 * x[i] * x[i]
                    + 0.01 * y[i] * y[i]
                    - 0.02 * x[i] * y[i]
                    + (4 * random.nextDouble() - 2)
                    + groupOffsetDb * (2 * groups[i] - 1);
        }
    }

    @Test
    void findsTheSurfaceAndTheIntervalOfItsErrors() {
        draw(0);
        SurfaceFit fit = SurfaceFit.of(x, y, truth, groups);
        assertThat(fit.apply(10, 2)).isCloseTo(9.24, within(0.1));
        assertThat(fit.apply(3, -4)).isCloseTo(4.97, within(0.15));
        assertThat(fit.lowErrorDb()).isCloseTo(-1.6, within(0.1));
        assertThat(fit.highErrorDb()).isCloseTo(1.6, within(0.1));
        assertThat(fit.maxX()).isBetween(19.9, 20.0);
    }

    @Test
    void theIntervalIsThatOfErrorsOnHeldOutGroups() {
        draw(3);
        SurfaceFit fit = SurfaceFit.of(x, y, truth, groups);
        assertThat(fit.heldOutMeanAbsoluteErrorDb()).isCloseTo(6, within(0.1));
        assertThat(fit.highErrorDb()).isGreaterThan(6);
    }

    @Test
    void refusesValuesThatAreNotFiniteOrOfDifferentLengths() {
        draw(0);
        y[7] = Double.NaN;
        assertThatThrownBy(() -> SurfaceFit.of(x, y, truth, groups)).hasMessageContaining("pair 7");
        assertThatThrownBy(() -> SurfaceFit.of(x, x, truth, new int[3])).hasMessageContaining("found 3");
    }
}
