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
    /** {@code w^(p j)}, {@code [parts x radix]}. */
    private final float[] cosines;

    private final float[] sines;

    FftPass(int radix, int length, int stride) {
        this.radix = radix;
        this.stride = stride;
        parts = length / radix;
        cosines = new float[length];
        sines = new float[length];
        for (int part = 0; part < parts; part++) {
            for (int j = 0; j < radix; j++) {
                cosines[part * radix + j] = ComplexFft.cosine((long) part * j, length);
                sines[part * radix + j] = -ComplexFft.sine((long) part * j, length);
            }
        }
    }

    static FftPass of(int radix, int length, int stride) {
        return switch (radix) {
            case 4 -> new FftPass4(length, stride);
            case 5 -> new FftPass5(length, stride);
            default -> new FftPassOfAny(radix, length, stride);
        };
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
        for (int j = 1; j < radix; j++) {
            float cos = cosines[part * radix + j];
            float sin = sines[part * radix + j];
            int from = (part * radix + j) * stride;
            for (int at = from; at < from + stride; at++) {
                float x = re[at];
                float y = im[at];
                re[at] = x * cos - y * sin;
                im[at] = x * sin + y * cos;
            }
        }
    }
}
