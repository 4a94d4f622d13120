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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
    @Test
    void blocksGiveWhatTheSumGives() {
        for (int[] lengths : new int[][] {{10_000, 1}, {5000, 2048}, {9001, 5003}, {100, 3000}}) {
            float[] signal = noise(1, lengths[0]);
            float[] response = noise(2, lengths[1]);

            float[] found = Convolution.apply(signal, response);

            assertThat(found).hasSize(signal.length);
            for (int at = 0; at < signal.length; at += 97) {
                double expected = 0;
                for (int i = 0; i <= at && i < response.length; i++) {
                    expected += (double) response[i] * signal[at - i];
                }
                assertThat((double) found[at]).isCloseTo(expected, within(1e-3));
            }
        }
    }

    private static float[] noise(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (random.nextDouble() - 0.5);
        }
        return samples;
    }
}
