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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Pcm16Test {
    @Test
    void every16BitValueComesBack() {
        float[] samples = new float[65_536];
        byte[] expected = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            int value = Short.MIN_VALUE + i;
            samples[i] = value / 32768f;
            expected[2 * i] = (byte) value;
            expected[2 * i + 1] = (byte) (value >> 8);
        }
        byte[] bytes = new byte[expected.length];
        Pcm16.encode(samples, 0, bytes, 0, samples.length);
        assertThat(bytes).isEqualTo(expected);
        float[] back = new float[samples.length];
        Pcm16.decode(bytes, 0, back, 0, samples.length);
        assertThat(back).isEqualTo(samples);
    }

    @Test
    void roundsToTheNearest() {
        assertThat(Pcm16.toInt(0.49f / 32768)).isZero();
        assertThat(Pcm16.toInt(0.51f / 32768)).isEqualTo(1);
        assertThat(Pcm16.toInt(-0.49f / 32768)).isZero();
        assertThat(Pcm16.toInt(-0.51f / 32768)).isEqualTo(-1);
    }

    @Test
    void clampsBeyondFullScale() {
        assertThat(Pcm16.toInt(1f)).isEqualTo(32767);
        assertThat(Pcm16.toInt(-1.5f)).isEqualTo(-32768);
        assertThat(Pcm16.toInt(Float.POSITIVE_INFINITY)).isEqualTo(32767);
        assertThat(Pcm16.toInt(Float.NEGATIVE_INFINITY)).isEqualTo(-32768);
    }

    @Test
    void makesSilenceOfNotANumber() {
        assertThat(Pcm16.toInt(Float.NaN)).isZero();
    }
}
