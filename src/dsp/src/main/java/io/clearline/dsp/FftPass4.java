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

/** {@link FftPass} of radix 4 in plain Java. */
final class FftPass4 extends FftPass {
    FftPass4(int length, int stride) {
        super(4, length, stride);
    }

    @HotPath
    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
        for (int part = 0; part < parts; part++) {
            for (int i = 0; i < stride; i++) {
                butterfly(part * stride + i, re, im, 4 * part * stride + i, outRe, outIm);
            }
            applyTwiddles(part, outRe, outIm);
        }
    }

    @HotPath
    private void butterfly(int at, float[] re, float[] im, int to, float[] outRe, float[] outIm) {
        int quarter = parts * stride;
        float evenRe = re[at] + re[at + 2 * quarter];
        float evenIm = im[at] + im[at + 2 * quarter];
        float oddRe = re[at + quarter] + re[at + 3 * quarter];
        float oddIm = im[at + quarter] + im[at + 3 * quarter];
        float lessRe = re[at] - re[at + 2 * quarter];
        float lessIm = im[at] - im[at + 2 * quarter];
        float acrossRe = re[at + quarter] - re[at + 3 * quarter];
        float acrossIm = im[at + quarter] - im[at + 3 * quarter];
        outRe[to] = evenRe + oddRe;
        outIm[to] = evenIm + oddIm;
        outRe[to + stride] = lessRe + acrossIm;
        outIm[to + stride] = lessIm - acrossRe;
        outRe[to + 2 * stride] = evenRe - oddRe;
        outIm[to + 2 * stride] = evenIm - oddIm;
        outRe[to + 3 * stride] = lessRe - acrossIm;
        outIm[to + 3 * stride] = lessIm + acrossRe;
    }
}
