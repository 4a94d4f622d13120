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

import java.util.SplittableRandom;

/**
 * A texture: short grains of a recording, from anywhere in it, laid over one another. It has the recording's spectrum
 * and none of its course, so that one recording of a few seconds makes steady noise without end.
 */
final class Texture {
    private static final double SHORTEST_GRAIN_SECONDS = 0.03;
    private static final double LONGEST_GRAIN_SECONDS = 0.5;
    /** Grains that sound at once. */
    private static final int OVERLAP = 4;

    private Texture() {}

    /** A texture as long as the recording. */
    static float[] of(float[] recording, SplittableRandom random, int sampleRateHz) {
        double seconds = Draws.logBetween(random, SHORTEST_GRAIN_SECONDS, LONGEST_GRAIN_SECONDS);
        int grain = Math.min((int) (seconds * sampleRateHz), recording.length / 2);
        float[] window = window(grain);
        float[] texture = new float[recording.length];
        for (int at = -random.nextInt(grain); at < texture.length; at += 1 + random.nextInt(2 * grain / OVERLAP)) {
            int from = random.nextInt(recording.length - grain);
            float sign = random.nextBoolean() ? 1 : -1;
            for (int i = Math.max(0, -at); i < grain && at + i < texture.length; i++) {
                texture[at + i] += sign * window[i] * recording[from + i];
            }
        }
        return texture;
    }

    /** A Hann window. */
    private static float[] window(int length) {
        float[] window = new float[length];
        for (int i = 0; i < length; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length));
        }
        return window;
    }
}
