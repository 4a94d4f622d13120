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
 * The short-time Fourier transform and its inverse, with square-root Hann windows. The synthesis window is divided by
 * the sum of the overlapping squared windows, so synthesis after analysis reconstructs the signal for every hop length.
 *
 * <p>An instance contains only tables and scratch buffers, so one instance serves all streams of a thread. The signal
 * of a stream is in its {@link StftState}. Thread-confined; allocates nothing after construction.
 *
 * <p>The result has the same bits on every machine: windows and factors come from {@link StrictMath}, and every sum has
 * a fixed order.
 */
public final class Stft {
    private final int windowSamples;
    private final float[] analysisWindow;
    private final float[] synthesisWindow;
    private final RealFft fft;

    /** Creates the tables for the given shape. */
    public Stft(StftSpec spec) {
        windowSamples = spec.windowSamples();
        double[] root = squareRootHann(windowSamples);
        double[] summed = summedSquares(root, spec.hopSamples());
        analysisWindow = new float[windowSamples];
        synthesisWindow = new float[windowSamples];
        for (int i = 0; i < windowSamples; i++) {
            analysisWindow[i] = (float) root[i];
            synthesisWindow[i] = (float) (root[i] / summed[i % spec.hopSamples()]);
        }
        fft = new RealFft(windowSamples, FftPasses.best());
    }

    /**
     * Computes the spectrum of one window.
     *
     * @param samples {@code windowSamples} samples from {@code offset}, oldest first
     * @param spectrum receives {@code 2 * bins} floats from {@code spectrumOffset}: the real parts of all bins, then
     *     the imaginary parts
     */
    @HotPath
    public void analyse(float[] samples, int offset, float[] spectrum, int spectrumOffset) {
        fft.forward(samples, offset, analysisWindow, spectrum, spectrumOffset);
    }

    /**
     * Computes the windowed samples of a spectrum and adds them to {@code windowSamples} samples of {@code overlap}
     * from {@code overlapOffset} (overlap-add).
     */
    @HotPath
    public void synthesiseInto(float[] spectrum, int spectrumOffset, float[] overlap, int overlapOffset) {
        fft.inverseInto(spectrum, spectrumOffset, synthesisWindow, overlap, overlapOffset);
    }

    private static double[] squareRootHann(int windowSamples) {
        double[] window = new double[windowSamples];
        for (int i = 0; i < windowSamples; i++) {
            // Square root of the periodic Hann window 0.5 - 0.5 cos(2 pi i / N).
            window[i] = StrictMath.sin(StrictMath.PI * i / windowSamples);
        }
        return window;
    }

    /** Returns, for each sample of a hop, the sum of the squared windows that cover it. */
    private static double[] summedSquares(double[] window, int hopSamples) {
        double[] sums = new double[hopSamples];
        for (int i = 0; i < window.length; i++) {
            sums[i % hopSamples] += window[i] * window[i];
        }
        return sums;
    }
}
