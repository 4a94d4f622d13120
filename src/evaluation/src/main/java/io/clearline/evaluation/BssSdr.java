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
package io.clearline.evaluation;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * The signal-to-distortion ratio of BSS Eval version 3 for a single source (Vincent, Gribonval, Fevotte, IEEE TASLP
 * 14(4), 2006). The projection of the estimate onto 512 delayed copies of the reference is the target; the rest of the
 * estimate is distortion. The measure therefore ignores a gain, a fixed filter of up to 512 taps, and a delay within
 * that length (32 ms at 16 kHz).
 *
 * <p>Stateless. Takes about 10 ms for five seconds at 16 kHz.
 */
public final class BssSdr {

    /** The number of delayed copies of the reference that span the target. */
    public static final int DELAYS = 512;

    /**
     * The diagonal loading, relative to the energy of the reference. Keeps the system solvable for band-limited speech,
     * and changes no score by 0.01 dB.
     */
    private static final double REGULARISATION = 1e-10;

    private BssSdr() {}

    /**
     * Returns the ratio in dB, clamped to {@link Decibels#LIMIT_DB}.
     *
     * @throws IllegalArgumentException when the lengths differ, the reference is silent, or a sample is not finite
     */
    public static double sdrDb(float[] reference, float[] estimate) {
        return sdrDb(reference, estimate, DELAYS);
    }

    static double sdrDb(float[] reference, float[] estimate, int delays) {
        Signal.requireComparable(reference, estimate, "estimate");
        double estimateEnergy = Signal.energy(estimate);
        if (estimateEnergy == 0) {
            return -Decibels.LIMIT_DB;
        }
        int size = powerOfTwoFrom(reference.length + delays);
        DoubleFFT_1D fft = new DoubleFFT_1D(size);
        double[] referenceSpectrum = spectrum(fft, reference, size);
        double[] auto = correlation(fft, referenceSpectrum, referenceSpectrum, delays);
        double[] cross = correlation(fft, spectrum(fft, estimate, size), referenceSpectrum, delays);
        double[] column = auto.clone();
        column[0] *= 1 + REGULARISATION;
        double[] filter = Toeplitz.solve(column, cross);
        double target = quadraticForm(auto, filter);
        double overlap = 0;
        for (int i = 0; i < delays; i++) {
            overlap += filter[i] * cross[i];
        }
        return Decibels.ofRatio(target, estimateEnergy - 2 * overlap + target);
    }

    /** Returns the real FFT of the zero-padded signal, in the packed order of JTransforms. */
    private static double[] spectrum(DoubleFFT_1D fft, float[] samples, int size) {
        double[] spectrum = new double[size];
        for (int i = 0; i < samples.length; i++) {
            spectrum[i] = samples[i];
        }
        fft.realForward(spectrum);
        return spectrum;
    }

    /** Returns the correlation {@code sum over n of a[n + lag] b[n]} for lags from 0, given the spectra of a and b. */
    private static double[] correlation(DoubleFFT_1D fft, double[] a, double[] b, int lags) {
        double[] product = new double[a.length];
        product[0] = a[0] * b[0];
        product[1] = a[1] * b[1];
        for (int i = 2; i < a.length; i += 2) {
            product[i] = a[i] * b[i] + a[i + 1] * b[i + 1];
            product[i + 1] = a[i + 1] * b[i] - a[i] * b[i + 1];
        }
        fft.realInverse(product, true);
        double[] correlation = new double[lags];
        System.arraycopy(product, 0, correlation, 0, lags);
        return correlation;
    }

    /** Returns {@code x^T R x}, where R is the symmetric Toeplitz matrix with the given first column. */
    private static double quadraticForm(double[] column, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double row = 0;
            for (int j = 0; j < x.length; j++) {
                row += column[Math.abs(i - j)] * x[j];
            }
            sum += x[i] * row;
        }
        return sum;
    }

    /** Returns the smallest power of two that is not less than the size. */
    private static int powerOfTwoFrom(int size) {
        return Integer.highestOneBit(Math.max(2, size) - 1) << 1;
    }
}
