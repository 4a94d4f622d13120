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

class PairedBootstrapTest {
    @Test
    void theIntervalIsThatOfTheNormalTheory() {
        SplittableRandom random = new SplittableRandom(7);
        double[] easy = new double[200];
        double[] a = new double[200];
        for (int i = 0; i < a.length; i++) {
            // Mixtures differ far more than the systems do: only pairing sees the difference.
            easy[i] = 20 * random.nextDouble();
            a[i] = easy[i] + 0.5 + Math.sqrt(12) * (random.nextDouble() - 0.5);
        }

        PairedBootstrap interval = PairedBootstrap.of(a, easy, 1);

        double halfWidth = 1.96 / Math.sqrt(200);
        assertThat(interval.meanDb()).isCloseTo(0.5, within(0.2));
        assertThat(interval.highDb() - interval.meanDb()).isCloseTo(halfWidth, within(0.02));
        assertThat(interval.meanDb() - interval.lowDb()).isCloseTo(halfWidth, within(0.02));
        assertThat(interval.isClear()).isTrue();
    }

    @Test
    void equalSystemsDoNotDiffer() {
        double[] scores = {1, 5, 3};
        assertThat(PairedBootstrap.of(scores, scores, 1)).isEqualTo(new PairedBootstrap(0, 0, 0));
        assertThat(PairedBootstrap.of(scores, scores, 1).isClear()).isFalse();
    }

    @Test
    void scoresOfDifferentMixturesAreRefused() {
        assertThatThrownBy(() -> PairedBootstrap.of(new double[3], new double[4], 1))
                .hasMessageContaining("3 of one system and 4 of the other");
    }
}
