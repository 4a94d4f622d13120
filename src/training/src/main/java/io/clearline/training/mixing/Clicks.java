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

/** Synthesises clicks, crackle and keystrokes: bursts of a few milliseconds at random intervals. Stateless. */
final class Clicks {
    private Clicks() {}

    static float[] draw(SplittableRandom random, int samples, int sampleRateHz) {
        float[] out = new float[samples];
        double meanPauseSeconds = Draws.logBetween(random, 0.01, 0.7);
        double decaySeconds = Draws.logBetween(random, 0.0003, 0.008);
        double spread = Draws.between(random, 1, 10);
        double at = 0;
        while (true) {
            at += sampleRateHz * meanPauseSeconds * -Math.log(1 - random.nextDouble()) + 1;
            if (at >= samples) {
                return out;
            }
            add(random, out, (int) at, decaySeconds * sampleRateHz, Draws.logBetween(random, 1 / spread, 1));
        }
    }

    private static void add(SplittableRandom random, float[] out, int at, double decaySamples, double gain) {
        double decay = Math.exp(-1 / decaySamples);
        double step = Draws.between(random, 0.02, 1) * Math.PI;
        double tone = random.nextDouble();
        double level = gain;
        for (int i = at; i < out.length && level > 1e-3 * gain; i++) {
            double white = 2 * random.nextDouble() - 1;
            out[i] += (float) (level * (tone * Math.sin(step * (i - at)) + (1 - tone) * white));
            level *= decay;
        }
    }
}
