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

/**
 * Shortens silence in recordings to 0.3 s. A block of 20 ms is silent if its power is below -70 dB of full scale or
 * more than 60 dB below the loudest block; breath and room noise remain. Stateless.
 */
final class Silence {
    private static final double BLOCK_SECONDS = 0.02;
    private static final int KEPT_BLOCKS = 15;
    private static final double FLOOR_POWER = 1e-7;
    private static final double UNDER_LOUDEST = 1e-6;

    private Silence() {}

    /** Returns the samples without long silence. Completely silent recordings are returned unchanged. */
    static short[] shortened(short[] samples, int sampleRateHz) {
        int block = (int) (BLOCK_SECONDS * sampleRateHz);
        double[] powers = powers(samples, block);
        double loudest = Arrays.stream(powers).max().orElse(0);
        double limit = Math.max(FLOOR_POWER, UNDER_LOUDEST * loudest);
        if (loudest <= limit) {
            return samples;
        }
        short[] kept = new short[samples.length];
        int length = 0;
        int silent = 0;
        for (int i = 0; i < powers.length; i++) {
            silent = powers[i] < limit ? silent + 1 : 0;
            int from = i * block;
            int size = Math.min(block, samples.length - from);
            if (silent <= KEPT_BLOCKS) {
                System.arraycopy(samples, from, kept, length, size);
                length += size;
            }
        }
        return length == samples.length ? samples : Arrays.copyOf(kept, length);
    }

    /** Returns the mean power of each block; the last one may be incomplete. */
    private static double[] powers(short[] samples, int block) {
        double[] powers = new double[(samples.length + block - 1) / block];
        for (int i = 0; i < powers.length; i++) {
            int to = Math.min(samples.length, (i + 1) * block);
            for (int sample = i * block; sample < to; sample++) {
                double value = samples[sample] / 32768.0;
                powers[i] += value * value / block;
            }
        }
        return powers;
    }
}
