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
package io.clearline.testkit;

import java.util.SplittableRandom;

/** Deterministic test signals, full scale 1.0. They have the same samples on every machine. Stateless. */
public final class Signals {

    private Signals() {}

    /** Returns white noise, uniformly distributed in [-amplitude, amplitude). */
    public static float[] whiteNoise(int samples, double amplitude, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] signal = new float[samples];
        for (int i = 0; i < samples; i++) {
            signal[i] = (float) ((2 * random.nextDouble() - 1) * amplitude);
        }
        return signal;
    }

    /** Returns a sine that starts at phase zero. */
    public static float[] sine(int samples, double frequencyHz, int sampleRateHz, double amplitude) {
        float[] signal = new float[samples];
        for (int i = 0; i < samples; i++) {
            signal[i] = (float) (amplitude * StrictMath.sin(2 * StrictMath.PI * frequencyHz * i / sampleRateHz));
        }
        return signal;
    }

    /** Returns zeros except for one sample of the given amplitude. */
    public static float[] impulse(int samples, int at, double amplitude) {
        float[] signal = new float[samples];
        signal[at] = (float) amplitude;
        return signal;
    }
}
