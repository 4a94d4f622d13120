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

class CalibrationFitTest {

    @Test
    void findsTheLineAndTheIntervalOfItsErrors() {
        SplittableRandom random = new SplittableRandom(5);
        double[] raw = new double[2000];
        double[] truth = new double[raw.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = -10 + 30 * random.nextDouble();
            truth[i] = 0.7 * raw[i] + 2 + (4 * random.nextDouble() - 2);
        }
        CalibrationFit fit = CalibrationFit.of(raw, truth);
        assertThat(fit.slope()).isCloseTo(0.7, within(0.01));
        assertThat(fit.offsetDb()).isCloseTo(2, within(0.1));
        assertThat(fit.lowErrorDb()).isCloseTo(-1.6, within(0.1));
        assertThat(fit.highErrorDb()).isCloseTo(1.6, within(0.1));
        assertThat(fit.meanAbsoluteErrorDb()).isCloseTo(1, within(0.05));
        assertThat(fit.apply(1000)).isEqualTo(fit.maxDb());
        assertThat(fit.apply(-1000)).isEqualTo(fit.minDb());
    }

    @Test
    void refusesValuesThatDefineNoLine() {
        assertThatThrownBy(() -> CalibrationFit.of(new double[3], new double[3]))
                .hasMessageContaining("at least 10");
        assertThatThrownBy(() -> CalibrationFit.of(new double[20], new double[20]))
                .hasMessageContaining("different");
        double[] broken = new double[20];
        broken[7] = Double.NaN;
        assertThatThrownBy(() -> CalibrationFit.of(broken, new double[20])).hasMessageContaining("pair 7");
    }
}
