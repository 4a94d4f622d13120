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
 * The shape of a short-time Fourier transform. Immutable.
 *
 * @param windowSamples samples of one window, even, 4 to 4096
 * @param hopSamples samples from the start of one window to the start of the next; at most half a window
 */
public record StftSpec(int windowSamples, int hopSamples) {
    private static final int MAX_WINDOW_SAMPLES = 4096;

    public StftSpec {
        if (windowSamples < 4
                || windowSamples > MAX_WINDOW_SAMPLES
                || windowSamples % 2 != 0
                || hopSamples < 1
                || hopSamples > windowSamples / 2) {
            throw new IllegalArgumentException(
                    "An STFT needs an even window of 4 to 4096 samples and a hop of 1 to half a window; window "
                            + windowSamples + ", hop " + hopSamples + ".");
        }
    }

    /** Returns the number of frequencies from 0 to half the sample rate: windowSamples / 2 + 1. */
    public int bins() {
        return windowSamples / 2 + 1;
    }

    /** Returns the number of samples that consecutive windows share. */
    public int overlapSamples() {
        return windowSamples - hopSamples;
    }
}
