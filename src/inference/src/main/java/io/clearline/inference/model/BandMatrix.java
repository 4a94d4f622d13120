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
 * A matrix that reduces STFT bins to fewer, wider bands. Each row is a weighted mean of bins: its weights sum to 1. The
 * array is shared, not copied, and must not change.
 *
 * @param weights {@code [bands x bins]}, row-major
 */
public record BandMatrix(int bands, int bins, float[] weights) {

    public BandMatrix {
        if (bands < 1 || bins < 1 || weights.length != bands * bins) {
            throw new IllegalArgumentException("band matrix: expected " + (long) bands * bins + " weights for [" + bands
                    + " x " + bins + "], found " + weights.length);
        }
    }

    /**
     * Returns triangular bands whose centres are spaced evenly on the ERB-rate scale of Glasberg and Moore (1990), from
     * 0 Hz to half the sample rate. A triangle that is too narrow to contain a bin is widened to one bin on either side
     * of its centre.
     *
     * @param bands number of triangles, at least 2
     */
    public static BandMatrix erb(int bands, int bins, int sampleRateHz) {
        float[] weights = new float[bands * bins];
        double binHz = sampleRateHz / 2.0 / (bins - 1);
        double stepErb = erbRate(sampleRateHz / 2.0) / (bands - 1);
        for (int band = 0; band < bands; band++) {
            double centre = frequencyHz(band * stepErb) / binHz;
            double below = Math.max(1, centre - frequencyHz((band - 1) * stepErb) / binHz);
            double above = Math.max(1, frequencyHz((band + 1) * stepErb) / binHz - centre);
            triangle(weights, band * bins, bins, centre, below, above);
        }
        return new BandMatrix(bands, bins, weights);
    }

    /**
     * Returns one row for each of the lowest bins, followed by triangular bands from the first bin above them to half
     * the sample rate. The low rows resolve the harmonics of voices, and the many bins above need only a few rows.
     *
     * @param lowBins number of rows with a single bin, starting at bin 0
     * @param bands number of triangles, at least 2
     */
    public static BandMatrix binsThenErb(int lowBins, int bands, int bins, int sampleRateHz) {
        float[] weights = new float[(lowBins + bands) * bins];
        for (int bin = 0; bin < lowBins; bin++) {
            weights[bin * bins + bin] = 1;
        }
        double binHz = sampleRateHz / 2.0 / (bins - 1);
        double lowestErb = erbRate(lowBins * binHz);
        double stepErb = (erbRate(sampleRateHz / 2.0) - lowestErb) / (bands - 1);
        for (int band = 0; band < bands; band++) {
            double centre = frequencyHz(lowestErb + band * stepErb) / binHz;
            double below = Math.max(1, centre - frequencyHz(lowestErb + (band - 1) * stepErb) / binHz);
            double above = Math.max(1, frequencyHz(lowestErb + (band + 1) * stepErb) / binHz - centre);
            triangle(weights, (lowBins + band) * bins, bins, centre, below, above);
        }
        return new BandMatrix(lowBins + bands, bins, weights);
    }

    /** Writes one normalised triangle. Centre and half-widths are in bins. */
    private static void triangle(float[] weights, int offset, int bins, double centre, double below, double above) {
        double sum = 0;
        double[] row = new double[bins];
        for (int bin = 0; bin < bins; bin++) {
            double distance = bin < centre ? (centre - bin) / below : (bin - centre) / above;
            row[bin] = Math.max(0, 1 - distance);
            sum += row[bin];
        }
        for (int bin = 0; bin < bins; bin++) {
            weights[offset + bin] = (float) (row[bin] / sum);
        }
    }

    /** Converts Hz to the ERB-rate scale: 21.4 log10(1 + 0.00437 f). */
    private static double erbRate(double frequencyHz) {
        return 21.4 * StrictMath.log10(1 + 0.00437 * frequencyHz);
    }

    private static double frequencyHz(double erbRate) {
        return (StrictMath.pow(10, erbRate / 21.4) - 1) / 0.00437;
    }
}
