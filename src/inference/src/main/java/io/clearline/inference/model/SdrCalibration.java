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
 * Maps the SDRs that the masks suggest to the SDR that was measured against clean references: a line for the input, a
 * line or a surface for the output, and where 80 % of the output's errors lie around it.
 *
 * @param output holds the output's estimate within its limits; its line serves where there is no surface
 * @param outputSurface null: the line alone, as models before the surface have it
 * @param lowErrorDb 10th percentile of (true - estimated) output SDR, usually negative
 * @param highErrorDb 90th percentile of the same
 */
public record SdrCalibration(Line input, Line output, Surface outputSurface, double lowErrorDb, double highErrorDb) {

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
            return held(slope * decibels + offsetDb);
        }

        private double held(double decibels) {
            return Math.min(maxDb, Math.max(minDb, decibels));
        }
    }

    /**
     * A quadratic map of two values in decibels. Each is held within what the fit has seen, because a parabola knows
     * nothing beyond.
     *
     * @param output factor of what the masks suggest for the output, and so on
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

        /** The calibrated value of what the masks suggest for the output and for the input. */
        public double apply(double outputDb, double inputDb) {
            double out = outputRange.held(outputDb);
            double in = inputRange.held(inputDb);
            return offsetDb
                    + output * out
                    + input * in
                    + outputSquared * out * out
                    + inputSquared * in * in
                    + product * out * in;
        }
    }

    /** From the least to the most, in dB. */
    public record Range(double minDb, double maxDb) {

        public Range {
            if (!(minDb < maxDb)) {
                throw new IllegalArgumentException("calibration range: " + minDb + " to " + maxDb + " dB");
            }
        }

        double held(double decibels) {
            return Math.min(maxDb, Math.max(minDb, decibels));
        }
    }

    public SdrCalibration {
        if (!(lowErrorDb <= highErrorDb)) {
            throw new IllegalArgumentException(
                    "calibration band: low " + lowErrorDb + " dB above high " + highErrorDb + " dB");
        }
    }

    /** A calibration without a surface. */
    public SdrCalibration(Line input, Line output, double lowErrorDb, double highErrorDb) {
        this(input, output, null, lowErrorDb, highErrorDb);
    }

    /** The output's SDR, from what the masks suggest for the output and for the input. */
    public double outputSdrDb(double rawOutputDb, double rawInputDb) {
        return outputSurface == null
                ? output.apply(rawOutputDb)
                : output.held(outputSurface.apply(rawOutputDb, rawInputDb));
    }

    /** For a model that was not calibrated: the masks' own estimate, and a band wide enough to say so. */
    public static SdrCalibration uncalibrated() {
        return new SdrCalibration(Line.identity(), Line.identity(), -6, 6);
    }
}
