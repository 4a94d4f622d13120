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
 * A made-up room: the sound itself and a reverberation of parallel comb and serial all-pass filters (Schroeder 1962),
 * its delays and its decay drawn at random. Immutable.
 */
final class Room {
    private static final int COMBS = 5;
    private static final int ALL_PASSES = 2;
    private static final double MIN_DECAY_SECONDS = 0.1;
    private static final double MAX_DECAY_SECONDS = 0.6;
    private static final float ALL_PASS_GAIN = 0.6f;

    private final int[] combDelays = new int[COMBS];
    private final float[] combGains = new float[COMBS];
    private final int[] allPassDelays = new int[ALL_PASSES];
    private final float wet;

    private Room(SplittableRandom random, int sampleRateHz) {
        double decaySeconds = between(random, MIN_DECAY_SECONDS, MAX_DECAY_SECONDS);
        for (int i = 0; i < COMBS; i++) {
            double delaySeconds = between(random, 0.012, 0.045);
            combDelays[i] = 1 + (int) (delaySeconds * sampleRateHz);
            // -60 dB after the decay time.
            combGains[i] = (float) Math.pow(10, -3 * delaySeconds / decaySeconds);
        }
        for (int i = 0; i < ALL_PASSES; i++) {
            allPassDelays[i] = 1 + (int) (between(random, 0.0015, 0.006) * sampleRateHz);
        }
        wet = (float) between(random, 0.05, 0.3);
    }

    /** Draws a room. */
    static Room random(SplittableRandom random, int sampleRateHz) {
        return new Room(random, sampleRateHz);
    }

    /** What is heard in it, as long as the input. */
    float[] apply(float[] samples) {
        float[] reverberation = new float[samples.length];
        for (int i = 0; i < COMBS; i++) {
            addComb(samples, combDelays[i], combGains[i], reverberation);
        }
        for (int delay : allPassDelays) {
            reverberation = allPass(reverberation, delay);
        }
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i] + wet * reverberation[i];
        }
        return out;
    }

    private static void addComb(float[] samples, int delay, float gain, float[] to) {
        float[] comb = new float[samples.length];
        for (int i = delay; i < samples.length; i++) {
            comb[i] = samples[i - delay] + gain * comb[i - delay];
            to[i] += comb[i];
        }
    }

    private static float[] allPass(float[] samples, int delay) {
        float[] out = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            float before = i < delay ? 0 : samples[i - delay] + ALL_PASS_GAIN * out[i - delay];
            out[i] = before - ALL_PASS_GAIN * samples[i];
        }
        return out;
    }

    private static double between(SplittableRandom random, double least, double most) {
        return least + (most - least) * random.nextDouble();
    }
}
