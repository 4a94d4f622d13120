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
package io.clearline.inference.network;

/**
 * The linear interpolation from rows to bins. A bin between two rows takes a weighted mean of both; a bin before the
 * first or after the last row takes the value of that row. Immutable.
 *
 * @param lower {@code [bins]}: the lower of the two rows of each bin; the other is the next row
 * @param upperShare {@code [bins]}: the weight of the other row, 0 to 1
 */
public record RowInterpolation(int[] lower, float[] upperShare) {

    /**
     * Returns the interpolation for rows with the given centres.
     *
     * @param rowBins the centre of each row in bins, ascending
     * @param bins number of bins
     */
    public static RowInterpolation of(float[] rowBins, int bins) {
        int[] lower = new int[bins];
        float[] upperShare = new float[bins];
        int row = 0;
        for (int bin = 0; bin < bins; bin++) {
            while (row < rowBins.length - 2 && rowBins[row + 1] <= bin) {
                row++;
            }
            float share = (bin - rowBins[row]) / (rowBins[row + 1] - rowBins[row]);
            lower[bin] = row;
            upperShare[bin] = Math.min(Math.max(share, 0), 1);
        }
        return new RowInterpolation(lower, upperShare);
    }
}
