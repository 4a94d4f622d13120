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
 * Discrete Fourier transform of an even number of real samples, and its inverse. Both use one complex transform of half
 * the length, with the even samples as real parts and the odd samples as imaginary parts. The result has the same bits
 * on every machine, as that of {@link ComplexFft}. Thread-confined; allocates nothing after construction.
 */
final class RealFft {

    private final int half;
    private final ComplexFft fft;
    /** Cosine and sine of {@code 2 pi k / length} for {@code k <= length / 4}. */
    private final float[] cosines;

    private final float[] sines;
    /** The windowed samples in their order. */
    private final float[] inOrder;

    RealFft(int length, FftPasses passes) {
        half = length / 2;
        fft = new ComplexFft(half, passes);
        inOrder = new float[length];
        cosines = new float[half / 2 + 1];
        sines = new float[half / 2 + 1];
        for (int k = 0; k <= half / 2; k++) {
            cosines[k] = ComplexFft.cosine(k, length);
            sines[k] = ComplexFft.sine(k, length);
        }
    }

    /**
     * Computes {@code X[k] = sum over n of window[n] x[n] exp(-2 pi i n k / length)}.
     *
     * @param spectrum receives the real parts of {@code X[0]} to {@code X[length / 2]}, then the imaginary parts
     */
    @HotPath
    void forward(float[] samples, int offset, float[] window, float[] spectrum, int spectrumOffset) {
        // Two loops, because the JIT vectorises the first one only without the stride of the second.
        for (int n = 0; n < window.length; n++) {
            inOrder[n] = samples[offset + n] * window[n];
        }
        float[] re = fft.re();
        float[] im = fft.im();
        for (int n = 0; n < half; n++) {
            re[n] = inOrder[2 * n];
            im[n] = inOrder[2 * n + 1];
        }
        fft.transform();
        separate(fft.re(), fft.im(), spectrum, spectrumOffset);
    }

    /**
     * Computes the spectrum X of the real samples from the complex transform Z. The transforms of the even and the odd
     * samples are {@code E = (Z[k] + conj Z[-k]) / 2} and {@code O = (Z[k] - conj Z[-k]) / 2i}, and {@code X[k] = E +
     * exp(-2 pi i k / length) O}. Each step computes the bins k and -k.
     */
    @HotPath
    private void separate(float[] re, float[] im, float[] x, int at) {
        int imaginary = at + half + 1;
        x[at] = re[0] + im[0];
        x[imaginary] = 0;
        x[at + half] = re[0] - im[0];
        x[imaginary + half] = 0;
        float[] cos = cosines;
        float[] sin = sines;
        for (int k = 1; k < cos.length; k++) {
            int mirrored = half - k;
            float evenRe = 0.5f * (re[k] + re[mirrored]);
            float evenIm = 0.5f * (im[k] - im[mirrored]);
            float oddRe = 0.5f * (im[k] + im[mirrored]);
            float oddIm = 0.5f * (re[mirrored] - re[k]);
            float rotatedRe = oddRe * cos[k] + oddIm * sin[k];
            float rotatedIm = oddIm * cos[k] - oddRe * sin[k];
            x[at + mirrored] = evenRe - rotatedRe;
            x[imaginary + mirrored] = rotatedIm - evenIm;
            x[at + k] = evenRe + rotatedRe;
            x[imaginary + k] = evenIm + rotatedIm;
        }
    }

    /**
     * Computes the inverse of {@link #forward} and adds {@code window[n] x[n]} to the sums.
     *
     * @param spectrum in the layout of {@link #forward}; the imaginary parts of the first and the last bin are ignored
     */
    @HotPath
    void inverseInto(float[] spectrum, int spectrumOffset, float[] window, float[] sums, int offset) {
        join(spectrum, spectrumOffset, fft.re(), fft.im());
        fft.transform();
        float[] re = fft.re();
        float[] im = fft.im();
        for (int n = 0; n < half; n++) {
            inOrder[2 * n] = im[n];
            inOrder[2 * n + 1] = re[n];
        }
        float scale = 1f / half;
        for (int n = 0; n < window.length; n++) {
            sums[offset + n] += inOrder[n] * scale * window[n];
        }
    }

    /**
     * Computes the complex transform Z from the spectrum X, and stores it as {@code i conj Z}, that is with real and
     * imaginary parts swapped. Up to a factor, the forward transform of that is {@code i conj} of the inverse transform
     * of Z, so the class needs no inverse transform.
     */
    @HotPath
    private void join(float[] x, int at, float[] re, float[] im) {
        int imaginary = at + half + 1;
        im[0] = 0.5f * (x[at] + x[at + half]);
        re[0] = 0.5f * (x[at] - x[at + half]);
        float[] cos = cosines;
        float[] sin = sines;
        for (int k = 1; k < cos.length; k++) {
            int mirrored = half - k;
            float evenRe = 0.5f * (x[at + k] + x[at + mirrored]);
            float evenIm = 0.5f * (x[imaginary + k] - x[imaginary + mirrored]);
            float rotatedRe = 0.5f * (x[at + k] - x[at + mirrored]);
            float rotatedIm = 0.5f * (x[imaginary + k] + x[imaginary + mirrored]);
            float oddRe = rotatedRe * cos[k] - rotatedIm * sin[k];
            float oddIm = rotatedIm * cos[k] + rotatedRe * sin[k];
            im[mirrored] = evenRe + oddIm;
            re[mirrored] = oddRe - evenIm;
            im[k] = evenRe - oddIm;
            re[k] = evenIm + oddRe;
        }
    }
}
