package io.clearline.unfolding.inference;

import io.clearline.unfolding.model.SdrCalibration;

/** Estimates a stream's SDR without a reference, from what the masks say and a calibration against measured SDR. */
public final class SdrMeter {

    /** About -60 dB of one full-scale bin: keeps the ratios of silence finite. */
    private static final double LEAST_ENERGY = 1e-6;

    private final SdrCalibration calibration;

    public SdrMeter(SdrCalibration calibration) {
        this.calibration = calibration;
    }

    /** SDR of the input and of the output, and the band that holds the true output SDR four times in five, in dB. */
    public record Estimate(float inputSdrDb, float outputSdrDb, float outputSdrLowDb, float outputSdrHighDb) {}

    /** What the masks suggest before calibration: the x of the calibration's input line, and one of two of its surface. */
    public static double rawInputSdrDb(HopEnergies energies) {
        return ratioDb(energies.speech(), energies.rest());
    }

    /** What the masks suggest before calibration: the x of the calibration's output line, and one of two of its surface. */
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
        return 10 * StrictMath.log10((signal + LEAST_ENERGY) / (distortion + LEAST_ENERGY));
    }
}
