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
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.model.SdrCalibration;
import org.junit.jupiter.api.Test;

class SdrMeterTest {

    private final HopEnergies energies = new HopEnergies();

    @Test
    void isTheRatioOfTheEnergies() {
        energies.add(100, 10, 1);
        SdrMeter.Estimate estimate = new SdrMeter(SdrCalibration.uncalibrated()).estimate(energies);
        assertThat(estimate.inputSdrDb()).isCloseTo(10, within(1e-3f));
        assertThat(estimate.outputSdrDb()).isCloseTo(20, within(1e-3f));
        assertThat(estimate.outputSdrLowDb()).isLessThan(estimate.outputSdrDb());
        assertThat(estimate.outputSdrHighDb()).isGreaterThan(estimate.outputSdrDb());
    }

    @Test
    void appliesTheCalibrationWithinItsLimits() {
        SdrCalibration calibration = new SdrCalibration(
                new SdrCalibration.Line(0.5, 2, -10, 30), new SdrCalibration.Line(2, 0, -10, 30), -1, 3);
        energies.add(100, 10, 1);
        SdrMeter.Estimate estimate = new SdrMeter(calibration).estimate(energies);
        assertThat(estimate.inputSdrDb()).isCloseTo(7, within(1e-3f));
        assertThat(estimate.outputSdrDb()).isEqualTo(30);
        assertThat(estimate.outputSdrLowDb()).isEqualTo(29);
        assertThat(estimate.outputSdrHighDb()).isEqualTo(33);
    }

    @Test
    void aSurfaceUsesBothRatiosAndClampsThemToItsRanges() {
        SdrCalibration calibration = new SdrCalibration(
                SdrCalibration.Line.identity(),
                new SdrCalibration.Line(9, 9, -10, 30),
                new SdrCalibration.Surface(
                        1,
                        0.5,
                        0.1,
                        0.01,
                        0.02,
                        0.03,
                        new SdrCalibration.Range(0, 20),
                        new SdrCalibration.Range(-5, 10)),
                -1,
                3);
        energies.add(100, 10, 1);
        assertThat(new SdrMeter(calibration).estimate(energies).outputSdrDb()).isCloseTo(24, within(1e-3f));
        assertThat(new SdrMeter(calibration).estimate(energies).outputSdrHighDb())
                .isCloseTo(27, within(1e-3f));
        assertThat(calibration.outputSdrDb(99, 99)).isEqualTo(calibration.outputSdrDb(20, 10));
    }

    @Test
    void silenceHasAnEstimateToo() {
        SdrMeter.Estimate estimate = new SdrMeter(SdrCalibration.uncalibrated()).estimate(energies);
        assertThat(estimate.inputSdrDb()).isZero();
    }

    @Test
    void aClearedWindowHoldsNothing() {
        energies.add(1, 2, 3);
        energies.clear();
        assertThat(energies.speech() + energies.rest() + energies.error() + energies.hops())
                .isZero();
    }
}
