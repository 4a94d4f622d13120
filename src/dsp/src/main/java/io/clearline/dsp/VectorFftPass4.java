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
package io.clearline.dsp;

import static io.clearline.dsp.VectorFftPasses.LANES;
import static io.clearline.dsp.VectorFftPasses.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link FftPass4} with vectors along the stride. Every lane computes the same sums in the same order. */
final class VectorFftPass4 extends FftPass {

    /** Creates a pass for a stride of at least one vector. */
    VectorFftPass4(int length, int stride) {
        super(4, length, stride);
    }

    @HotPath
    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
        // The last vector ends at the end of the stride. It may overlap the previous one and then repeats its results.
        int last = stride - LANES;
        for (int part = 0; part < parts; part++) {
            for (int i = 0; i < stride; i += LANES) {
                int at = part * stride + Math.min(i, last);
                int to = 4 * part * stride + Math.min(i, last);
                half(at, re, im, outRe, to, to + stride, to + 3 * stride);
                half(at, im, re, outIm, to, to + 3 * stride, to + stride);
            }
            applyTwiddles(part, outRe, outIm);
        }
    }

    /**
     * Computes the real parts of the results if x and y are the real and imaginary parts of the samples. With x and y
     * swapped it computes the imaginary parts, with the second and the fourth result swapped, because swapping real and
     * imaginary parts reverses the order of a transform's results after the first.
     */
    @HotPath
    private void half(int at, float[] x, float[] y, float[] out, int first, int second, int fourth) {
        int quarter = parts * stride;
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + quarter);
        FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * quarter);
        FloatVector x3 = FloatVector.fromArray(SPECIES, x, at + 3 * quarter);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, at + quarter);
        FloatVector y3 = FloatVector.fromArray(SPECIES, y, at + 3 * quarter);
        FloatVector even = x0.add(x2);
        FloatVector odd = x1.add(x3);
        FloatVector less = x0.sub(x2);
        FloatVector across = y1.sub(y3);
        even.add(odd).intoArray(out, first);
        less.add(across).intoArray(out, second);
        even.sub(odd).intoArray(out, first + 2 * stride);
        less.sub(across).intoArray(out, fourth);
    }
}
