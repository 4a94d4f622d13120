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

/** {@link FftPass} of any radix, computed directly by the formula. */
final class GenericFftPass extends FftPass {
    private final int radix;
    /** {@code exp(-2 pi i k / radix)}. */
    private final float[] rootsRe;

    private final float[] rootsIm;

    GenericFftPass(int radix, int length, int stride) {
        super(radix, length, stride);
        this.radix = radix;
        rootsRe = new float[radix];
        rootsIm = new float[radix];
        for (int k = 0; k < radix; k++) {
            rootsRe[k] = ComplexFft.cosine(k, radix);
            rootsIm[k] = -ComplexFft.sine(k, radix);
        }
    }

    @HotPath
    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
        for (int part = 0; part < parts; part++) {
            for (int j = 0; j < radix; j++) {
                int to = (radix * part + j) * stride;
                for (int i = 0; i < stride; i++) {
                    sum(j, part * stride + i, re, im, to + i, outRe, outIm);
                }
            }
            applyTwiddles(part, outRe, outIm);
        }
    }

    @HotPath
    private void sum(int j, int at, float[] re, float[] im, int to, float[] outRe, float[] outIm) {
        float sumRe = 0;
        float sumIm = 0;
        int root = 0;
        for (int k = 0; k < radix; k++) {
            float x = re[at + k * parts * stride];
            float y = im[at + k * parts * stride];
            sumRe += x * rootsRe[root] - y * rootsIm[root];
            sumIm += x * rootsIm[root] + y * rootsRe[root];
            root = root + j < radix ? root + j : root + j - radix;
        }
        outRe[to] = sumRe;
        outIm[to] = sumIm;
    }
}
