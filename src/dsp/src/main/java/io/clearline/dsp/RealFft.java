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
 * Discrete Fourier transform of an even number of real samples and back: one complex transform of half the length, of
 * the even samples as real and the odd ones as imaginary parts. The same bits on every machine, as {@link ComplexFft}.
 * Thread-confined; allocates nothing after construction.
 */
final class RealFft {

    private final int half;
    private final ComplexFft fft;
    /** {@code exp(-2 pi i k / length)} of {@code k <= length / 4}. */
    private final float[] cosines;

    private final float[] sines;
    private final float[] windowed;

    RealFft(int length, FftParts parts) {
        half = length / 2;
        fft = new ComplexFft(half, parts);
        windowed = new float[length];
        cosines = new float[half / 2 + 1];
        sines = new float[half / 2 + 1];
        for (int k = 0; k <= half / 2; k++) {
            cosines[k] = ComplexFft.cosine(k, length);
            sines[k] = ComplexFft.sine(k, length);
        }
    }

    /**
     * {@code X[k] = sum over n of window[n] x[n] exp(-2 pi i n k / length)}.
     *
     * @param spectrum takes {@code X[0]} to {@code X[length / 2]}, real and imaginary parts in turn
     */
    @HotPath
    void forward(float[] samples, int offset, float[] window, float[] spectrum, int spectrumOffset) {
        for (int n = 0; n < window.length; n++) {
            windowed[n] = samples[offset + n] * window[n];
        }
        float[] re = fft.re();
        float[] im = fft.im();
        for (int n = 0; n < half; n++) {
            re[n] = windowed[2 * n];
            im[n] = windowed[2 * n + 1];
        }
        fft.transform();
        separate(fft.re(), fft.im(), spectrum, spectrumOffset);
    }

    /**
     * With Z the complex transform, E and O those of the even and the odd samples: {@code E = (Z[k] + conj Z[-k]) / 2},
     * {@code O = (Z[k] - conj Z[-k]) / 2i}, and {@code X[k] = E + exp(-2 pi i k / length) O}, k and -k at once.
     */
    @HotPath
    private void separate(float[] re, float[] im, float[] x, int at) {
        x[at] = re[0] + im[0];
        x[at + 1] = 0;
        x[at + 2 * half] = re[0] - im[0];
        x[at + 2 * half + 1] = 0;
        for (int k = 1; k <= half / 2; k++) {
            int mirrored = half - k;
            float evenRe = 0.5f * (re[k] + re[mirrored]);
            float evenIm = 0.5f * (im[k] - im[mirrored]);
            float oddRe = 0.5f * (im[k] + im[mirrored]);
            float oddIm = 0.5f * (re[mirrored] - re[k]);
            float turnedRe = oddRe * cosines[k] + oddIm * sines[k];
            float turnedIm = oddIm * cosines[k] - oddRe * sines[k];
            x[at + 2 * mirrored] = evenRe - turnedRe;
            x[at + 2 * mirrored + 1] = turnedIm - evenIm;
            x[at + 2 * k] = evenRe + turnedRe;
            x[at + 2 * k + 1] = evenIm + turnedIm;
        }
    }

    /**
     * The inverse of {@link #forward}: adds {@code window[n] x[n]} to the sums.
     *
     * @param spectrum {@code X[0]} to {@code X[length / 2]}, of whose first and last the real part counts
     */
    @HotPath
    void inverseInto(float[] spectrum, int spectrumOffset, float[] window, float[] sums, int offset) {
        join(spectrum, spectrumOffset, fft.re(), fft.im());
        fft.transform();
        float[] re = fft.re();
        float[] im = fft.im();
        for (int n = 0; n < half; n++) {
            windowed[2 * n] = im[n];
            windowed[2 * n + 1] = re[n];
        }
        float scale = 1f / half;
        for (int n = 0; n < window.length; n++) {
            sums[offset + n] += windowed[n] * scale * window[n];
        }
    }

    /**
     * The complex transform's Z out of X, as {@code i conj Z}, whose transform is {@code i conj} of the inverse: real
     * and imaginary parts change places.
     */
    @HotPath
    private void join(float[] x, int at, float[] re, float[] im) {
        im[0] = 0.5f * (x[at] + x[at + 2 * half]);
        re[0] = 0.5f * (x[at] - x[at + 2 * half]);
        for (int k = 1; k <= half / 2; k++) {
            int mirrored = half - k;
            float evenRe = 0.5f * (x[at + 2 * k] + x[at + 2 * mirrored]);
            float evenIm = 0.5f * (x[at + 2 * k + 1] - x[at + 2 * mirrored + 1]);
            float turnedRe = 0.5f * (x[at + 2 * k] - x[at + 2 * mirrored]);
            float turnedIm = 0.5f * (x[at + 2 * k + 1] + x[at + 2 * mirrored + 1]);
            float oddRe = turnedRe * cosines[k] - turnedIm * sines[k];
            float oddIm = turnedIm * cosines[k] + turnedRe * sines[k];
            im[mirrored] = evenRe + oddIm;
            re[mirrored] = oddRe - evenIm;
            im[k] = evenRe - oddIm;
            re[k] = evenIm + oddRe;
        }
    }
}
