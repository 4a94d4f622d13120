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

import java.util.Arrays;

/**
 * One pass of a Stockham transform: splits transforms of length n into as many shorter ones as its radix says, each
 * {@code stride} numbers apart. With m = n / radix, w = exp(-2 pi i / n) and q below the stride,
 *
 * <pre>
 *   y[q + stride (radix p + j)] = w^(p j) sum over k of x[q + stride (p + k m)] exp(-2 pi i j k / radix)
 * </pre>
 *
 * <p>Each radix has a loop of its own: in a shared one the call of its butterfly could not be inlined. Thread-confined;
 * allocates nothing after construction.
 */
abstract class FftPass {

    private final int radix;
    /** m. */
    final int parts;

    final int stride;
    /** {@code w^(p j)}, {@code [parts x radix x stride]}: each as often as it is used, so that one loop turns all. */
    private final float[] turnRe;

    private final float[] turnIm;

    FftPass(int radix, int length, int stride) {
        this.radix = radix;
        this.stride = stride;
        parts = length / radix;
        turnRe = new float[length * stride];
        turnIm = new float[length * stride];
        for (int part = 0; part < parts; part++) {
            for (int j = 0; j < radix; j++) {
                int at = (part * radix + j) * stride;
                Arrays.fill(turnRe, at, at + stride, ComplexFft.cosine((long) part * j, length));
                Arrays.fill(turnIm, at, at + stride, -ComplexFft.sine((long) part * j, length));
            }
        }
    }

    /** From one pair of arrays into another. */
    @HotPath
    abstract void run(float[] re, float[] im, float[] outRe, float[] outIm);

    /** Multiplies a part's results by {@code w^(part j)}. */
    @HotPath
    final void turn(int part, float[] re, float[] im) {
        if (part == 0) {
            return;
        }
        float[] cos = turnRe;
        float[] sin = turnIm;
        int end = (part + 1) * radix * stride;
        for (int at = (part * radix + 1) * stride; at < end; at++) {
            float x = re[at];
            float y = im[at];
            re[at] = x * cos[at] - y * sin[at];
            im[at] = x * sin[at] + y * cos[at];
        }
    }
}
