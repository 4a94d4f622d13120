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
 * Which rows a bin takes its value from: the two around it, by its distance; beyond the first and the last row, that
 * one alone.
 *
 * @param lower by bin: the lower of the two rows
 * @param upperShare by bin: how much it takes from the row above that, 0 to 1
 */
public record RowsBesideBins(int[] lower, float[] upperShare) {

    /**
     * For rows at these places.
     *
     * @param rowBins where each row's centre lies, in bins, rising
     * @param bins their number
     */
    public static RowsBesideBins of(float[] rowBins, int bins) {
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
        return new RowsBesideBins(lower, upperShare);
    }
}
