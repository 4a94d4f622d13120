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
package io.clearline.evaluation;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Pathological test signals, which no microphone produces. For each of them the output of a model must be finite and no
 * louder than the input. Both the tests of the job and the publishing of a model check this.
 */
public enum PathologicalSignal {
    ALL_ZERO(float[]::new),
    DC_HALF_SCALE(samples -> filled(samples, 0.5f)),
    DC_FULL_SCALE(samples -> filled(samples, 1f)),
    SQUARE_FULL_SCALE(samples -> square(samples, 40, 1f)),
    SQUARE_HALF_SCALE(samples -> square(samples, 40, 0.5f)),
    SAMPLES_THAT_ALTERNATE(samples -> square(samples, 1, 1f)),
    SINGLE_IMPULSE(samples -> impulse(samples)),
    IMPULSE_IN_QUIET_NOISE(PathologicalSignal::impulseInNoise),
    NOISE_FULL_SCALE(samples -> whiteNoise(samples, 1, 1)),
    NOISE_OF_ONE_STEP(samples -> whiteNoise(samples, 1.4 / 32768, 2)),
    SQUARE_OF_ONE_STEP(samples -> square(samples, 40, 1f / 32768)),
    BURSTS_OF_NOISE(PathologicalSignal::bursts);

    private final IntFunction<float[]> signal;

    PathologicalSignal(IntFunction<float[]> signal) {
        this.signal = signal;
    }

    /** Returns the signal at full scale 1. The same length always yields the same samples. */
    public float[] samples(int length) {
        return signal.apply(length);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static float[] whiteNoise(int samples, double amplitude, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] signal = new float[samples];
        for (int i = 0; i < samples; i++) {
            signal[i] = (float) ((2 * random.nextDouble() - 1) * amplitude);
        }
        return signal;
    }

    private static float[] impulse(int samples) {
        float[] signal = new float[samples];
        signal[samples / 2] = 1;
        return signal;
    }

    private static float[] filled(int samples, float value) {
        float[] signal = new float[samples];
        Arrays.fill(signal, value);
        return signal;
    }

    private static float[] square(int samples, int halfPeriod, float amplitude) {
        float[] signal = new float[samples];
        for (int i = 0; i < samples; i++) {
            signal[i] = i / halfPeriod % 2 == 0 ? amplitude : -amplitude;
        }
        return signal;
    }

    private static float[] impulseInNoise(int samples) {
        float[] signal = whiteNoise(samples, 0.01, 3);
        signal[samples / 2] = 0.5f;
        return signal;
    }

    private static float[] bursts(int samples) {
        float[] signal = whiteNoise(samples, 0.7, 4);
        for (int i = 0; i < samples; i++) {
            signal[i] = i / (samples / 12) % 2 == 0 ? 0 : signal[i];
        }
        return signal;
    }
}
