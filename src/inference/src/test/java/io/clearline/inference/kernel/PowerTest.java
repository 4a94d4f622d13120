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
package io.clearline.inference.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("jdk")
class PowerTest {

    @Test
    void isWithinTwoMillionthsOfThePower() {
        for (float exponent : new float[] {-1, -0.9f, -0.5f, -0.25f, 0.3f, 0.5f, 0.75f, 1, 1.5f, 2}) {
            for (float x = 1e-9f; x < 1e9f; x *= 1.37f) {
                double exact = StrictMath.pow(x, exponent);
                assertThat(Math.abs(Power.of(x, exponent) / exact - 1))
                        .as("%s to the power of %s", x, exponent)
                        .isLessThan(2e-6);
            }
        }
    }

    @Test
    void oneToAnyPowerIsOne() {
        assertThat(Power.of(1, 0.37f)).isEqualTo(1);
    }
}
