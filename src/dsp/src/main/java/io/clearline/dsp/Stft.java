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

import org.jtransforms.fft.FloatFFT_1D;

/**
 * Square-root Hann windows, forward and inverse real FFT. The synthesis divides by the summed squared windows, so that
 * analysis and synthesis together reconstruct perfectly at any hop.
 *
 * <p>Holds no signal (see {@link StftState}), only tables and scratch: one engine serves every stream of a thread.
 * Thread-confined. Allocates nothing per call where the window is a power of two; other lengths allocate inside
 * JTransforms, one array of a window a transform (1.6 KB at 400 points).
 *
 * <p>The same bits on every machine: the windows come from {@link StrictMath}. JTransforms 3.2 takes its tables from
 * {@code Math.sin} and {@code Math.cos}, which may differ by an ulp between JDKs and processors, but rounds them to
 * float; {@code TwiddleTableTest} shows for each value of the tables that no permitted error reaches a rounding
 * boundary. It is single-threaded below 8192 points, and {@link StftSpec} stays below.
 */
public final class Stft {
    private final int windowSamples;
    private final int bins;
    private final float[] analysisWindow;
    private final float[] synthesisWindow;
    private final FloatFFT_1D fft;
    private final float[] scratch;

    public Stft(StftSpec spec) {
        windowSamples = spec.windowSamples();
        bins = spec.bins();
        double[] root = squareRootHann(windowSamples);
        double[] summed = summedSquares(root, spec.hopSamples());
        analysisWindow = new float[windowSamples];
        synthesisWindow = new float[windowSamples];
        for (int i = 0; i < windowSamples; i++) {
            analysisWindow[i] = (float) root[i];
            synthesisWindow[i] = (float) (root[i] / summed[i % spec.hopSamples()]);
        }
        fft = new FloatFFT_1D(windowSamples);
        scratch = new float[windowSamples];
    }

    /**
     * Transforms one window.
     *
     * @param samples {@code windowSamples} samples from {@code offset}, oldest first
     * @param spectrum takes {@code 2 * bins} floats from {@code spectrumOffset}: real and imaginary parts in turn
     */
    @HotPath
    public void analyse(float[] samples, int offset, float[] spectrum, int spectrumOffset) {
        for (int i = 0; i < windowSamples; i++) {
            scratch[i] = samples[offset + i] * analysisWindow[i];
        }
        fft.realForward(scratch);
        // JTransforms packs the real value at half the sample rate into the imaginary part of bin 0, which is zero for
        // a real signal.
        System.arraycopy(scratch, 0, spectrum, spectrumOffset, windowSamples);
        spectrum[spectrumOffset + 1] = 0f;
        spectrum[spectrumOffset + 2 * (bins - 1)] = scratch[1];
        spectrum[spectrumOffset + 2 * (bins - 1) + 1] = 0f;
    }

    /**
     * Transforms a spectrum back and adds it, windowed, to the {@code windowSamples} samples of {@code overlap} from
     * {@code overlapOffset}.
     */
    @HotPath
    public void synthesiseInto(float[] spectrum, int spectrumOffset, float[] overlap, int overlapOffset) {
        System.arraycopy(spectrum, spectrumOffset, scratch, 0, windowSamples);
        scratch[1] = spectrum[spectrumOffset + 2 * (bins - 1)];
        fft.realInverse(scratch, true);
        for (int i = 0; i < windowSamples; i++) {
            overlap[overlapOffset + i] += scratch[i] * synthesisWindow[i];
        }
    }

    private static double[] squareRootHann(int windowSamples) {
        double[] window = new double[windowSamples];
        for (int i = 0; i < windowSamples; i++) {
            // Square root of the periodic Hann window 0.5 - 0.5 cos(2 pi i / N).
            window[i] = StrictMath.sin(StrictMath.PI * i / windowSamples);
        }
        return window;
    }

    /** For each place in a hop, the sum of the squared windows that cover it. */
    private static double[] summedSquares(double[] window, int hopSamples) {
        double[] sums = new double[hopSamples];
        for (int i = 0; i < window.length; i++) {
            sums[i % hopSamples] += window[i] * window[i];
        }
        return sums;
    }
}
