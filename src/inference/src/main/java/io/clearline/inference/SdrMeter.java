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

import io.clearline.inference.model.SdrCalibration;

/**
 * Estimates a stream's signal-to-distortion ratio (SDR) without a clean reference. The ratios of the
 * {@link HopEnergies} give raw values, which the model's {@link SdrCalibration} maps to the SDR. Immutable.
 */
public final class SdrMeter {

    /** Added to both sides of a ratio to keep it finite for silence: about -60 dB of one bin at full scale. */
    private static final double MIN_ENERGY = 1e-6;

    private final SdrCalibration calibration;

    public SdrMeter(SdrCalibration calibration) {
        this.calibration = calibration;
    }

    /**
     * An estimate in dB: the SDR of the input and of the output, and the limits of the band that contains the true
     * output SDR in 80 % of all cases.
     */
    public record Estimate(float inputSdrDb, float outputSdrDb, float outputSdrLowDb, float outputSdrHighDb) {}

    /** Returns the uncalibrated SDR of the input in dB: the energy of the speech estimate over that of the rest. */
    public static double rawInputSdrDb(HopEnergies energies) {
        return ratioDb(energies.speech(), energies.rest());
    }

    /** Returns the uncalibrated SDR of the output in dB: the energy of the speech estimate over the expected error. */
    public static double rawOutputSdrDb(HopEnergies energies) {
        return ratioDb(energies.speech(), energies.error());
    }

    /** Returns the estimate for the hops that the energies were summed over. */
    public Estimate estimate(HopEnergies energies) {
        double rawInput = rawInputSdrDb(energies);
        double input = calibration.input().apply(rawInput);
        double output = calibration.outputSdrDb(rawOutputSdrDb(energies), rawInput);
        return new Estimate((float) input, (float) output, (float) (output + calibration.lowErrorDb()), (float)
                (output + calibration.highErrorDb()));
    }

    private static double ratioDb(double signal, double distortion) {
        return 10 * StrictMath.log10((signal + MIN_ENERGY) / (distortion + MIN_ENERGY));
    }
}
