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

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The acoustics of a room, an impulse response. A simulated room has direct sound, a few early reflections, and a tail
 * of noise that decays by 60 dB within 0.1 to 0.6 s (RT60). Reflections within the first 50 ms support intelligibility
 * and belong to the target of the enhancement. Immutable.
 */
final class Room {
    private static final double MIN_DECAY_SECONDS = 0.1;
    private static final double MAX_DECAY_SECONDS = 0.6;
    private static final double EARLY_SECONDS = 0.05;
    private static final int REFLECTIONS = 6;

    private final float[] response;
    private final int earlySamples;

    private Room(float[] response, int earlySamples) {
        this.response = response;
        this.earlySamples = earlySamples;
    }

    /** Returns the room of a measured impulse response, whose largest sample is taken as the direct sound. */
    static Room measured(float[] response, int sampleRateHz) {
        int direct = 0;
        for (int i = 0; i < response.length; i++) {
            direct = Math.abs(response[i]) > Math.abs(response[direct]) ? i : direct;
        }
        float[] fromDirect = Arrays.copyOfRange(response, direct, response.length);
        SampleMath.scale(fromDirect, 1 / (fromDirect[0] + Math.copySign(1e-12, fromDirect[0])));
        return new Room(fromDirect, (int) (EARLY_SECONDS * sampleRateHz));
    }

    /** Draws a simulated room. */
    static Room random(SplittableRandom random, int sampleRateHz) {
        double decaySeconds = Draws.logBetween(random, MIN_DECAY_SECONDS, MAX_DECAY_SECONDS);
        int samples = (int) (decaySeconds * sampleRateHz);
        float[] response = new float[samples];
        int from = (int) (Draws.between(random, 0.002, 0.012) * sampleRateHz);
        double smoothing = Draws.between(random, 0, 0.85);
        double smoothed = 0;
        double decay = Math.pow(10, -3.0 / samples);
        double level = Math.pow(decay, from);
        for (int i = from; i < samples; i++) {
            smoothed = smoothing * smoothed + (1 - smoothing) * (2 * random.nextDouble() - 1);
            response[i] = (float) (level * smoothed);
            level *= decay;
        }
        // Energy of the tail relative to the direct sound: low for a near speaker, high for a distant one.
        double tailDb = Draws.between(random, -18, 3);
        SampleMath.scale(response, SampleMath.gainOfDb(tailDb) / Math.sqrt(SampleMath.energy(response) + 1e-12));
        response[0] = 1;
        for (int i = 0; i < REFLECTIONS; i++) {
            int at = (int) (Draws.between(random, 0.001, 0.03) * sampleRateHz);
            response[Math.min(at, samples - 1)] += (float) Draws.between(random, -0.3, 0.3);
        }
        return new Room(response, (int) (EARLY_SECONDS * sampleRateHz));
    }

    /** Returns the reverberant signal, truncated to the length of the input. */
    float[] apply(float[] samples) {
        return Convolution.apply(samples, response);
    }

    /** Returns the signal with only the direct sound and the reflections of the first 50 ms. */
    float[] early(float[] samples) {
        return Convolution.apply(samples, Arrays.copyOf(response, Math.min(response.length, earlySamples)));
    }
}
