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

import java.util.Arrays;

/** Sends signals through a transform and back, in pieces. */
final class RoundTrip {
    private RoundTrip() {}

    /** Analyses and synthesises a whole signal. The output starts {@code overlapSamples} before the signal. */
    static float[] stft(StftSpec spec, float[] samples, int pieceSamples) {
        float[] out = new float[samples.length + spec.windowSamples()];
        int written = feed(new Stft(spec), spec, new StftState(spec), samples, 0, samples.length, pieceSamples, out);
        return Arrays.copyOf(out, written);
    }

    /** Sends {@code length} samples from {@code from} on. Returns the number of output samples. */
    static int feed(
            Stft stft, StftSpec spec, StftState state, float[] samples, int from, int length, int piece, float[] out) {
        float[] spectrum = new float[2 * spec.bins()];
        int written = 0;
        int end = from + length;
        for (int at = from; at < end; ) {
            at += state.push(samples, at, Math.min(piece, end - at));
            if (state.hopReady()) {
                stft.analyse(state.window(), 0, spectrum, 0);
                state.advance();
                stft.synthesiseInto(spectrum, 0, state.overlap(), 0);
                state.emit(out, written);
                written += spec.hopSamples();
            }
        }
        return written;
    }

    /** Resamples a whole signal. */
    static float[] resample(float[] samples, int inputRateHz, int outputRateHz, int pieceSamples) {
        Resampler resampler = new Resampler(inputRateHz, outputRateHz);
        float[] out = new float
                [resampler.maxOutputSamples(samples.length) + resampler.maxOutputSamples(resampler.lookAheadSamples())];
        int written = 0;
        for (int at = 0; at < samples.length; at += pieceSamples) {
            int length = Math.min(pieceSamples, samples.length - at);
            written += resampler.process(samples, at, length, out, written);
        }
        written += resampler.flush(out, written);
        return Arrays.copyOf(out, written);
    }
}
