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
 * One pass of a Stockham transform. It splits each transform of length n into {@code radix} transforms of length m = n
 * / radix, for {@code stride} interleaved transforms. With w = exp(-2 pi i / n), p below m, j below the radix and q
 * below the stride:
 *
 * <pre>
 *   y[q + stride (radix p + j)] = w^(p j) sum over k of x[q + stride (p + k m)] exp(-2 pi i j k / radix)
 * </pre>
 *
 * <p>Each radix has its own loop, because the JIT could not inline the butterfly into a shared one. Immutable;
 * allocates nothing after construction.
 */
abstract class FftPass {

    private final int radix;
    /** m, the length of the shorter transforms. */
    final int parts;

    final int stride;
    /**
     * Twiddle factors {@code w^(p j)}, {@code [parts x radix x stride]}. Each factor is repeated for the whole stride,
     * so that one contiguous loop applies them.
     */
    private final float[] twiddleRe;

    private final float[] twiddleIm;

    FftPass(int radix, int length, int stride) {
        this.radix = radix;
        this.stride = stride;
        parts = length / radix;
        twiddleRe = new float[length * stride];
        twiddleIm = new float[length * stride];
        for (int part = 0; part < parts; part++) {
            for (int j = 0; j < radix; j++) {
                int at = (part * radix + j) * stride;
                Arrays.fill(twiddleRe, at, at + stride, ComplexFft.cosine((long) part * j, length));
                Arrays.fill(twiddleIm, at, at + stride, -ComplexFft.sine((long) part * j, length));
            }
        }
    }

    /** Runs the pass from one pair of arrays to another. */
    @HotPath
    abstract void run(float[] re, float[] im, float[] outRe, float[] outIm);

    /** Multiplies the results of a part by their twiddle factors {@code w^(part j)}. */
    @HotPath
    final void applyTwiddles(int part, float[] re, float[] im) {
        if (part == 0) {
            return;
        }
        float[] cos = twiddleRe;
        float[] sin = twiddleIm;
        int end = (part + 1) * radix * stride;
        for (int at = (part * radix + 1) * stride; at < end; at++) {
            float x = re[at];
            float y = im[at];
            re[at] = x * cos[at] - y * sin[at];
            im[at] = x * sin[at] + y * cos[at];
        }
    }
}
