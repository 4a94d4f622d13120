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

/** Estimates a stream's SDR without a reference, from what the masks say and a calibration against measured SDR. */
public final class SdrMeter {

    /** About -60 dB of one full-scale bin: keeps the ratios of silence finite. */
    private static final double MIN_ENERGY = 1e-6;

    private final SdrCalibration calibration;

    public SdrMeter(SdrCalibration calibration) {
        this.calibration = calibration;
    }

    /** SDR of the input and of the output, and the band that holds the true output SDR four times in five, in dB. */
    public record Estimate(float inputSdrDb, float outputSdrDb, float outputSdrLowDb, float outputSdrHighDb) {}

    /**
     * What the masks suggest before calibration: the x of the calibration's input line, and one of two of its surface.
     */
    public static double rawInputSdrDb(HopEnergies energies) {
        return ratioDb(energies.speech(), energies.rest());
    }

    /**
     * What the masks suggest before calibration: the x of the calibration's output line, and one of two of its surface.
     */
    public static double rawOutputSdrDb(HopEnergies energies) {
        return ratioDb(energies.speech(), energies.error());
    }

    /** The estimate for the hops in these sums. */
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
