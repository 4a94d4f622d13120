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

import io.clearline.dsp.AudioClip;
import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;

/** Computes the levels of a spectrogram, with one column per pixel of an image. Stateless. */
final class PowerSpectrogram {
    private static final double WINDOW_SECONDS = 0.032;
    /** The power that stands for silence, -120 dB. */
    private static final double FLOOR = 1e-12;

    private PowerSpectrogram() {}

    /**
     * Returns levels in dB, {@code [columns x bins]} with bin 0 at 0 Hz. The spectra are those of Hann windows of 32 ms
     * that are centred on the columns.
     *
     * @param seconds duration that the columns span; beyond the clip it is silent
     */
    static float[][] levelsDb(AudioClip clip, double seconds, int columns) {
        float[] samples = clip.samples();
        int window = (int) Math.round(WINDOW_SECONDS * clip.sampleRateHz());
        int size = Integer.highestOneBit(Math.max(2, window) - 1) << 1;
        DoubleFFT_1D fft = new DoubleFFT_1D(size);
        double[] spectrum = new double[size];
        float[][] levelsDb = new float[columns][size / 2];
        for (int column = 0; column < columns; column++) {
            int start = (int) ((column + 0.5) * seconds / columns * clip.sampleRateHz()) - window / 2;
            Arrays.fill(spectrum, 0);
            for (int i = Math.max(0, -start); i < window && start + i < samples.length; i++) {
                spectrum[i] = samples[start + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / window));
            }
            fft.realForward(spectrum);
            levelsDb[column][0] = level(spectrum[0], 0);
            for (int bin = 1; bin < size / 2; bin++) {
                levelsDb[column][bin] = level(spectrum[2 * bin], spectrum[2 * bin + 1]);
            }
        }
        return levelsDb;
    }

    /** Returns the highest of all levels. */
    static double loudest(float[][] levelsDb) {
        double loudest = Double.NEGATIVE_INFINITY;
        for (float[] column : levelsDb) {
            for (float level : column) {
                loudest = Math.max(loudest, level);
            }
        }
        return loudest;
    }

    private static float level(double re, double im) {
        return (float) (10 * Math.log10(re * re + im * im + FLOOR));
    }
}
