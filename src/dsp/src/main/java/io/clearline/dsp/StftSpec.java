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
 * The shape of a short-time Fourier transform.
 *
 * @param windowSamples samples of one window, even, 4 to 4096
 * @param hopSamples samples from one window to the next; at most half a window
 */
public record StftSpec(int windowSamples, int hopSamples) {
    private static final int LONGEST_WINDOW = 4096;

    public StftSpec {
        if (windowSamples < 4
                || windowSamples > LONGEST_WINDOW
                || windowSamples % 2 != 0
                || hopSamples < 1
                || hopSamples > windowSamples / 2) {
            throw new IllegalArgumentException(
                    "An STFT needs an even window of 4 to 4096 samples and a hop of 1 to half a window; window "
                            + windowSamples + ", hop " + hopSamples + ".");
        }
    }

    /** Frequencies from 0 to half the sample rate: windowSamples / 2 + 1. */
    public int bins() {
        return windowSamples / 2 + 1;
    }

    /** Samples that a window shares with the one before it. */
    public int overlapSamples() {
        return windowSamples - hopSamples;
    }
}
