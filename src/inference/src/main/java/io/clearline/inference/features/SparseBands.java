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
package io.clearline.inference.features;

import io.clearline.dsp.HotPath;
import io.clearline.inference.model.BandMatrix;

/** A {@link BandMatrix} that skips the zeros before and after the bins that each band uses. Immutable. */
final class SparseBands {

    private final int[] firstBin;
    private final int[] endBin;
    private final int bins;
    private final float[] weights;

    SparseBands(BandMatrix matrix) {
        bins = matrix.bins();
        weights = matrix.weights();
        firstBin = new int[matrix.bands()];
        endBin = new int[matrix.bands()];
        for (int band = 0; band < matrix.bands(); band++) {
            int first = 0;
            while (first < bins && weights[band * bins + first] == 0) {
                first++;
            }
            int end = bins;
            while (end > first && weights[band * bins + end - 1] == 0) {
                end--;
            }
            firstBin[band] = first;
            endBin[band] = end;
        }
    }

    /** Computes the bands of {@code bins} magnitudes from {@code offset} into {@code frame [bands]}. */
    @HotPath
    void apply(float[] magnitudes, int offset, float[] frame) {
        for (int band = 0; band < frame.length; band++) {
            float sum = 0;
            for (int bin = firstBin[band]; bin < endBin[band]; bin++) {
                sum = Math.fma(weights[band * bins + bin], magnitudes[offset + bin], sum);
            }
            frame[band] = sum;
        }
    }
}
