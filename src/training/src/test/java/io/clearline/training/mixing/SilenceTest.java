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

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final int RATE_HZ = 16_000;

    @Test
    void aLongSilenceBecomesAShortPause() {
        short[] samples = new short[5 * RATE_HZ];
        Arrays.fill(samples, 0, RATE_HZ, (short) 1000);
        Arrays.fill(samples, 4 * RATE_HZ, 5 * RATE_HZ, (short) 1000);

        assertThat(Silence.shortened(samples, RATE_HZ)).hasSize(2 * RATE_HZ + 3 * RATE_HZ / 10);
    }

    @Test
    void aShortPauseAndTheNoiseOfARoomStay() {
        short[] samples = new short[RATE_HZ];
        Arrays.fill(samples, (short) 3000);
        Arrays.fill(samples, 2000, 6000, (short) 0);
        Arrays.fill(samples, 8000, 15_000, (short) 20);

        assertThat(Silence.shortened(samples, RATE_HZ)).isEqualTo(samples);
    }

    @Test
    void aSilentRecordingIsNotShortened() {
        assertThat(Silence.shortened(new short[RATE_HZ], RATE_HZ)).hasSize(RATE_HZ);
    }
}
