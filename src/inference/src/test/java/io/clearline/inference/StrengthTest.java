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
package io.clearline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StrengthTest {

    @Test
    void fullStrengthIsTheMask() {
        for (float mask = 0; mask <= 1; mask += 0.0625f) {
            assertThat(Strength.gain(mask, 1, Strength.FULL.minGain())).isEqualTo(mask);
        }
    }

    @Test
    void dryIsTheMixture() {
        assertThat(Strength.gain(0.3f, 0, 0)).isEqualTo(1);
    }

    @Test
    void attenuatesByNoMoreThanItsLimit() {
        Strength strength = new Strength(1, 20);
        assertThat(Strength.gain(0, 1, strength.minGain())).isCloseTo(0.1f, within(1e-6f));
        assertThat(Strength.gain(0.5f, 1, strength.minGain())).isEqualTo(0.5f);
    }

    @Test
    void neverAmplifiesAndReplacesNaN() {
        assertThat(Strength.clampMask(1.5f)).isEqualTo(1);
        assertThat(Strength.clampMask(Float.NaN)).isEqualTo(1);
    }

    @Test
    void rejectsInvalidValues() {
        assertThatThrownBy(() -> new Strength(1.1f, 20)).hasMessageContaining("wet in 0 to 1");
        assertThatThrownBy(() -> new Strength(1, -1)).hasMessageContaining("attenuation >= 0");
    }
}
