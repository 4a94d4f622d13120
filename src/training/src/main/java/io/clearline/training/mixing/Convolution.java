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
package io.clearline.training.mixing;

import org.jtransforms.fft.FloatFFT_1D;

/** Fast convolution: overlap-save with a partitioned impulse response. Stateless. */
final class Convolution {
    /** JTransforms computes FFTs of fewer than 8,192 points on the thread of the caller. */
    private static final int POINTS = 4096;

    private static final int BLOCK = POINTS / 2;

    private Convolution() {}

    /** Convolves a signal with an impulse response. The result is truncated to the length of the signal. */
    static float[] apply(float[] signal, float[] response) {
        FloatFFT_1D fft = new FloatFFT_1D(POINTS);
        float[][] parts = new float[(response.length + BLOCK - 1) / BLOCK][POINTS];
        for (int part = 0; part < parts.length; part++) {
            int length = Math.min(BLOCK, response.length - part * BLOCK);
            System.arraycopy(response, part * BLOCK, parts[part], 0, length);
            fft.realForward(parts[part]);
        }
        int blocks = (signal.length + BLOCK - 1) / BLOCK;
        float[][] spectra = new float[blocks][POINTS];
        float[] out = new float[signal.length];
        for (int block = 0; block < blocks; block++) {
            int from = Math.max(0, (block - 1) * BLOCK);
            int to = Math.min(signal.length, (block + 1) * BLOCK);
            System.arraycopy(signal, from, spectra[block], from - (block - 1) * BLOCK, to - from);
            fft.realForward(spectra[block]);
            float[] sum = new float[POINTS];
            for (int part = 0; part < parts.length && part <= block; part++) {
                addProduct(spectra[block - part], parts[part], sum);
            }
            fft.realInverse(sum, true);
            int length = Math.min(BLOCK, signal.length - block * BLOCK);
            System.arraycopy(sum, BLOCK, out, block * BLOCK, length);
        }
        return out;
    }

    /**
     * Adds the product of two spectra in the packed order of the FFT: the real values at 0 and at the Nyquist
     * frequency, then alternating real and imaginary parts.
     */
    private static void addProduct(float[] a, float[] b, float[] sum) {
        sum[0] += a[0] * b[0];
        sum[1] += a[1] * b[1];
        for (int i = 2; i < POINTS; i += 2) {
            sum[i] += a[i] * b[i] - a[i + 1] * b[i + 1];
            sum[i + 1] += a[i] * b[i + 1] + a[i + 1] * b[i];
        }
    }
}
