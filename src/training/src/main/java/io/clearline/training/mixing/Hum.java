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
 * Synthesises the hum of mains, fans and transformers: 3 to 20 harmonics with random levels of a nearly constant pitch,
 * and a little noise. Stateless.
 */
final class Hum {
    private static final int MIN_HARMONICS = 3;
    private static final int MAX_HARMONICS = 20;

    private Hum() {}

    static float[] draw(SplittableRandom random, int samples, int sampleRateHz) {
        double[] mains = {50, 60, Draws.logBetween(random, 40, 250)};
        double pitchHz = mains[random.nextInt(mains.length)];
        double driftHz = random.nextInt(3) == 0 ? Draws.between(random, 0, 0.03 * pitchHz) : 0;
        double driftRateHz = Draws.logBetween(random, 0.05, 2);
        int harmonics = MIN_HARMONICS + random.nextInt(MAX_HARMONICS - MIN_HARMONICS + 1);
        double[] levels = new double[harmonics + 1];
        double rollOff = Draws.between(random, 0.6, 1);
        for (int harmonic = 1; harmonic <= harmonics; harmonic++) {
            boolean heard = harmonic * (pitchHz + driftHz) < 0.48 * sampleRateHz;
            levels[harmonic] = heard ? Math.pow(rollOff, harmonic) * Draws.logBetween(random, 0.05, 1) : 0;
        }
        double hiss = Draws.logBetween(random, 0.001, 0.05);
        float[] hum = new float[samples];
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            double wobble = Math.sin(2 * Math.PI * driftRateHz * i / sampleRateHz);
            phase += 2 * Math.PI * (pitchHz + driftHz * wobble) / sampleRateHz;
            hum[i] = (float) (harmonics(levels, phase) + hiss * (2 * random.nextDouble() - 1));
        }
        return hum;
    }

    /** Returns the sum of {@code levels[n] sin(n phase)}. Each sine is computed from the two before it (Chebyshev). */
    private static double harmonics(double[] levels, double phase) {
        double twiceCos = 2 * Math.cos(phase);
        double previous = 0;
        double sine = Math.sin(phase);
        double sum = 0;
        for (int n = 1; n < levels.length; n++) {
            sum += levels[n] * sine;
            double next = twiceCos * sine - previous;
            previous = sine;
            sine = next;
        }
        return sum;
    }
}
