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
package io.clearline.inference.model;

/**
 * Maps the uncalibrated SDR estimates of {@code SdrMeter} to the SDR measured against clean references. It consists of
 * a line for the input, a line or a surface for the output, and the band that contains 80 % of the output's errors.
 * Immutable.
 *
 * @param output its limits clamp the estimate of the output; its line is used if there is no surface
 * @param outputSurface null to use the line alone, as in models of earlier releases
 * @param lowErrorDb 10th percentile of (true - estimated) output SDR, usually negative
 * @param highErrorDb 90th percentile of (true - estimated) output SDR
 */
public record SdrCalibration(Line input, Line output, Surface outputSurface, double lowErrorDb, double highErrorDb) {

    /** An affine map of decibels, clamped to limits. */
    public record Line(double slope, double offsetDb, double minDb, double maxDb) {

        public Line {
            if (!(minDb < maxDb) || Double.isNaN(slope) || Double.isNaN(offsetDb)) {
                throw new IllegalArgumentException("calibration line: expected numbers and rising limits, found slope "
                        + slope + ", offset " + offsetDb + " dB, limits " + minDb + " to " + maxDb + " dB");
            }
        }

        /** Returns a line that changes nothing within -30 to 40 dB. */
        public static Line identity() {
            return new Line(1, 0, -30, 40);
        }

        /** Returns the calibrated value. */
        public double apply(double decibels) {
            return clamp(slope * decibels + offsetDb);
        }

        private double clamp(double decibels) {
            return Math.min(maxDb, Math.max(minDb, decibels));
        }
    }

    /**
     * A quadratic map of the uncalibrated output and input SDR. Both are clamped to the ranges of the fit, because a
     * quadratic function extrapolates badly:
     *
     * <pre>
     *   offsetDb + output o + input i + outputSquared o^2 + inputSquared i^2 + product o i
     * </pre>
     *
     * @param output factor of the uncalibrated output SDR o
     * @param input factor of the uncalibrated input SDR i
     * @param outputRange range of o in the fit
     * @param inputRange range of i in the fit
     */
    public record Surface(
            double offsetDb,
            double output,
            double input,
            double outputSquared,
            double inputSquared,
            double product,
            Range outputRange,
            Range inputRange) {

        public Surface {
            if (!Double.isFinite(offsetDb + output + input + outputSquared + inputSquared + product)) {
                throw new IllegalArgumentException("calibration surface: expected finite factors, found " + offsetDb
                        + ", " + output + ", " + input + ", " + outputSquared + ", " + inputSquared + ", " + product);
            }
        }

        /** Returns the calibrated output SDR for the uncalibrated SDR of output and input. */
        public double apply(double outputDb, double inputDb) {
            double out = outputRange.clamp(outputDb);
            double in = inputRange.clamp(inputDb);
            return offsetDb
                    + output * out
                    + input * in
                    + outputSquared * out * out
                    + inputSquared * in * in
                    + product * out * in;
        }
    }

    /** A closed range of decibels. */
    public record Range(double minDb, double maxDb) {

        public Range {
            if (!(minDb < maxDb)) {
                throw new IllegalArgumentException(
                        "calibration range: expected rising limits, found " + minDb + " to " + maxDb + " dB");
            }
        }

        double clamp(double decibels) {
            return Math.min(maxDb, Math.max(minDb, decibels));
        }
    }

    public SdrCalibration {
        if (!(lowErrorDb <= highErrorDb)) {
            throw new IllegalArgumentException(
                    "calibration band: expected low <= high, found " + lowErrorDb + " and " + highErrorDb + " dB");
        }
    }

    /** Creates a calibration without a surface. */
    public SdrCalibration(Line input, Line output, double lowErrorDb, double highErrorDb) {
        this(input, output, null, lowErrorDb, highErrorDb);
    }

    /** Returns the calibrated output SDR for the uncalibrated SDR of output and input. */
    public double outputSdrDb(double rawOutputDb, double rawInputDb) {
        return outputSurface == null
                ? output.apply(rawOutputDb)
                : output.clamp(outputSurface.apply(rawOutputDb, rawInputDb));
    }

    /** Returns a calibration that changes nothing, with a wide band of +-6 dB, for models without a calibration. */
    public static SdrCalibration uncalibrated() {
        return new SdrCalibration(Line.identity(), Line.identity(), -6, 6);
    }
}
