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

import static io.clearline.dsp.FftPass5.COS1;
import static io.clearline.dsp.FftPass5.COS2;
import static io.clearline.dsp.FftPass5.SIN1;
import static io.clearline.dsp.FftPass5.SIN2;
import static io.clearline.dsp.VectorFftPasses.LANES;
import static io.clearline.dsp.VectorFftPasses.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link FftPass5} with vectors along the stride. Every lane computes the same sums in the same order. */
final class VectorFftPass5 extends FftPass {

    /** Creates a pass for a stride of at least one vector. */
    VectorFftPass5(int length, int stride) {
        super(5, length, stride);
    }

    @HotPath
    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
        // The last vector ends at the end of the stride. It may overlap the previous one and then repeats its results.
        int last = stride - LANES;
        for (int part = 0; part < parts; part++) {
            for (int i = 0; i < stride; i += LANES) {
                int at = part * stride + Math.min(i, last);
                int to = 5 * part * stride + Math.min(i, last);
                half(at, re, im, outRe, to, to + stride, stride);
                half(at, im, re, outIm, to, to + 4 * stride, -stride);
            }
            applyTwiddles(part, outRe, outIm);
        }
    }

    /**
     * Computes the real parts of the results if x and y are the real and imaginary parts of the samples. With x and y
     * swapped it computes the imaginary parts, with all results after the first in reverse order, because swapping real
     * and imaginary parts reverses the order of a transform's results after the first.
     */
    @HotPath
    private void half(int at, float[] x, float[] y, float[] out, int first, int second, int step) {
        int fifth = parts * stride;
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + fifth);
        FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * fifth);
        FloatVector x3 = FloatVector.fromArray(SPECIES, x, at + 3 * fifth);
        FloatVector x4 = FloatVector.fromArray(SPECIES, x, at + 4 * fifth);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, at + fifth);
        FloatVector y2 = FloatVector.fromArray(SPECIES, y, at + 2 * fifth);
        FloatVector y3 = FloatVector.fromArray(SPECIES, y, at + 3 * fifth);
        FloatVector y4 = FloatVector.fromArray(SPECIES, y, at + 4 * fifth);
        FloatVector near = x1.add(x4);
        FloatVector far = x2.add(x3);
        FloatVector across = y1.sub(y4);
        FloatVector shorter = y2.sub(y3);
        FloatVector even1 = x0.add(near.mul(COS1)).add(far.mul(COS2));
        FloatVector even2 = x0.add(near.mul(COS2)).add(far.mul(COS1));
        FloatVector odd1 = across.mul(SIN1).add(shorter.mul(SIN2));
        FloatVector odd2 = across.mul(SIN2).sub(shorter.mul(SIN1));
        x0.add(near).add(far).intoArray(out, first);
        even1.add(odd1).intoArray(out, second);
        even2.add(odd2).intoArray(out, second + step);
        even2.sub(odd2).intoArray(out, second + 2 * step);
        even1.sub(odd1).intoArray(out, second + 3 * step);
    }
}
