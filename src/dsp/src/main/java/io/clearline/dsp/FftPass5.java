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

/** {@link FftPass} of radix 5 in plain Java, from sums and differences of the pairs of entries k and 5 - k. */
final class FftPass5 extends FftPass {
    static final float COS1 = ComplexFft.cosine(1, 5);
    static final float COS2 = ComplexFft.cosine(2, 5);
    static final float SIN1 = ComplexFft.sine(1, 5);
    static final float SIN2 = ComplexFft.sine(2, 5);

    FftPass5(int length, int stride) {
        super(5, length, stride);
    }

    @HotPath
    @Override
    void run(float[] re, float[] im, float[] outRe, float[] outIm) {
        for (int part = 0; part < parts; part++) {
            for (int i = 0; i < stride; i++) {
                butterfly(part * stride + i, re, im, 5 * part * stride + i, outRe, outIm);
            }
            applyTwiddles(part, outRe, outIm);
        }
    }

    @HotPath
    private void butterfly(int at, float[] re, float[] im, int to, float[] outRe, float[] outIm) {
        int fifth = parts * stride;
        float re0 = re[at];
        float im0 = im[at];
        float nearRe = re[at + fifth] + re[at + 4 * fifth];
        float nearIm = im[at + fifth] + im[at + 4 * fifth];
        float farRe = re[at + 2 * fifth] + re[at + 3 * fifth];
        float farIm = im[at + 2 * fifth] + im[at + 3 * fifth];
        float acrossRe = re[at + fifth] - re[at + 4 * fifth];
        float acrossIm = im[at + fifth] - im[at + 4 * fifth];
        float shortRe = re[at + 2 * fifth] - re[at + 3 * fifth];
        float shortIm = im[at + 2 * fifth] - im[at + 3 * fifth];
        float even1Re = re0 + COS1 * nearRe + COS2 * farRe;
        float even1Im = im0 + COS1 * nearIm + COS2 * farIm;
        float even2Re = re0 + COS2 * nearRe + COS1 * farRe;
        float even2Im = im0 + COS2 * nearIm + COS1 * farIm;
        float odd1Re = SIN1 * acrossRe + SIN2 * shortRe;
        float odd1Im = SIN1 * acrossIm + SIN2 * shortIm;
        float odd2Re = SIN2 * acrossRe - SIN1 * shortRe;
        float odd2Im = SIN2 * acrossIm - SIN1 * shortIm;
        outRe[to] = re0 + nearRe + farRe;
        outIm[to] = im0 + nearIm + farIm;
        outRe[to + stride] = even1Re + odd1Im;
        outIm[to + stride] = even1Im - odd1Re;
        outRe[to + 2 * stride] = even2Re + odd2Im;
        outIm[to + 2 * stride] = even2Im - odd2Re;
        outRe[to + 3 * stride] = even2Re - odd2Im;
        outIm[to + 3 * stride] = even2Im + odd2Re;
        outRe[to + 4 * stride] = even1Re - odd1Im;
        outIm[to + 4 * stride] = even1Im + odd1Re;
    }
}
