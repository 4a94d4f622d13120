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
package io.clearline.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.testkit.Signals;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlayoutMixerTest {
    private static final int RATE = 8000;
    private static final int FRAME = 160;
    private static final float GAIN = 0.3f;

    /** A tone whose period does not divide the length of a frame, so that a plain splice would click. */
    private final float[] tone = Signals.sine(40 * FRAME, 173, RATE, 0.5);

    @Test
    void changesToDryAndBackDoNotClick() {
        PlayoutMixer mixer = new PlayoutMixer(RATE);
        float[] out = new float[tone.length];
        for (int i = 0; i < 40; i++) {
            // Enhanced, dry, enhanced.
            boolean late = i >= 15 && i < 25;
            System.arraycopy(mixer.mix(frame(i, !late)), 0, out, i * FRAME, FRAME);
        }
        assertThat(steepest(out)).isLessThan(1.5f * steepest(tone));
        assertThat(level(out, 10)).isLessThan(0.5 * level(tone, 10));
        assertThat(level(out, 20)).isCloseTo(level(tone, 20), within(0.01));
        assertThat(level(out, 35)).isLessThan(0.5 * level(tone, 35));
    }

    private PlayoutFrame frame(int index, boolean enhanced) {
        float[] dry = Arrays.copyOfRange(tone, index * FRAME, (index + 1) * FRAME);
        PlayoutFrame frame = new PlayoutFrame(index * FRAME, index * 20_000L, 0, 0, dry, index == 0, false);
        if (enhanced) {
            frame.enhanced = dry.clone();
            for (int i = 0; i < FRAME; i++) {
                frame.enhanced[i] *= GAIN;
            }
            frame.wet = true;
        }
        return frame;
    }

    /** Returns the largest step between adjacent samples; a click shows as a large one. */
    private static float steepest(float[] samples) {
        float steepest = 0;
        for (int i = 1; i < samples.length; i++) {
            steepest = Math.max(steepest, Math.abs(samples[i] - samples[i - 1]));
        }
        return steepest;
    }

    private static double level(float[] samples, int frame) {
        double energy = 0;
        for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
            energy += samples[i] * samples[i];
        }
        return Math.sqrt(energy / FRAME);
    }
}
