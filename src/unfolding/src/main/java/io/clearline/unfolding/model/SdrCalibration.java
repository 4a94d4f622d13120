package io.clearline.unfolding.model;

/**
 * Maps the SDR that the masks suggest to the SDR that was measured against clean references: a line for the input, a line for
 * the output, and where 80 % of the output's errors lie around it.
 *
 * @param lowErrorDb 10th percentile of (true - estimated) output SDR, usually negative
 * @param highErrorDb 90th percentile of the same
 */
public record SdrCalibration(Line input, Line output, double lowErrorDb, double highErrorDb) {

    /** An affine map of decibels, held between two limits. */
    public record Line(double slope, double offsetDb, double minDb, double maxDb) {

        public Line {
            if (!(minDb < maxDb) || Double.isNaN(slope) || Double.isNaN(offsetDb)) {
                throw new IllegalArgumentException("calibration line: slope " + slope + ", offset " + offsetDb
                        + " dB, limits " + minDb + " to " + maxDb + " dB");
            }
        }

        /** No correction. */
        public static Line identity() {
            return new Line(1, 0, -30, 40);
        }

        /** The calibrated value. */
        public double apply(double decibels) {
            return Math.min(maxDb, Math.max(minDb, slope * decibels + offsetDb));
        }
    }

    public SdrCalibration {
        if (!(lowErrorDb <= highErrorDb)) {
            throw new IllegalArgumentException(
                    "calibration band: low " + lowErrorDb + " dB above high " + highErrorDb + " dB");
        }
    }

    /** For a model that was not calibrated: the masks' own estimate, and a band wide enough to say so. */
    public static SdrCalibration uncalibrated() {
        return new SdrCalibration(Line.identity(), Line.identity(), -6, 6);
    }
}
