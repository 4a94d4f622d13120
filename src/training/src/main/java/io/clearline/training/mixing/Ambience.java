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
 * Ambience by rule: wind, rooms, streets, fans and far machines. Broad bands of noise, each at a level of its own about
 * a slope over the octaves, and each swelling by itself. {@link SyntheticNoise} has one colour for all bands.
 */
final class Ambience {
    private static final int MIN_BANDS = 4;
    private static final int MAX_BANDS = 12;
    private static final double LOWEST_HZ = 50;
    /** From rumble to hiss. */
    private static final double LOWEST_SLOPE_DB_PER_OCTAVE = -9;

    private static final double HIGHEST_SLOPE_DB_PER_OCTAVE = 2;
    private static final double BAND_SPREAD_DB = 8;
    private static final double LARGEST_SWELL_DB = 10;
    /** How often a band's level moves on. */
    private static final int STEP_SAMPLES = 160;

    private final SplittableRandom random;
    private final int sampleRateHz;
    private final float[] out;

    private Ambience(SplittableRandom random, int samples, int sampleRateHz) {
        this.random = random;
        this.sampleRateHz = sampleRateHz;
        out = new float[samples];
    }

    static float[] draw(SplittableRandom random, int samples, int sampleRateHz) {
        Ambience ambience = new Ambience(random, samples, sampleRateHz);
        ambience.addBands();
        return ambience.out;
    }

    private void addBands() {
        int bands = MIN_BANDS + random.nextInt(MAX_BANDS - MIN_BANDS + 1);
        double slopeDb = Draws.between(random, LOWEST_SLOPE_DB_PER_OCTAVE, HIGHEST_SLOPE_DB_PER_OCTAVE);
        double swellDb = random.nextInt(3) == 0 ? 0 : Draws.between(random, 0, LARGEST_SWELL_DB);
        double swellHz = Draws.logBetween(random, 0.1, 4);
        double octaves = Math.log(0.48 * sampleRateHz / LOWEST_HZ) / Math.log(2);
        for (int band = 0; band < bands; band++) {
            double octave = octaves * (band + random.nextDouble()) / bands;
            double levelDb = slopeDb * octave + BAND_SPREAD_DB * normal();
            addBand(LOWEST_HZ * Math.pow(2, octave), levelDb, swellDb, swellHz * Draws.logBetween(random, 0.5, 2));
        }
    }

    /** White noise through one resonance as wide as one to three bands, at a level that wanders. */
    private void addBand(double centreHz, double levelDb, double swellDb, double swellHz) {
        double bandwidthHz = centreHz * Draws.logBetween(random, 0.3, 1.5);
        double radius = Math.exp(-Math.PI * bandwidthHz / sampleRateHz);
        double a1 = 2 * radius * Math.cos(2 * Math.PI * centreHz / sampleRateHz);
        double a2 = -radius * radius;
        // The resonance of white noise has this power: Papoulis, second-order autoregressive process.
        double power = (1 - a2) / ((1 + a2) * ((1 - a2) * (1 - a2) - a1 * a1));
        double gain = 0;
        double follow = 1 - Math.exp(-2 * Math.PI * swellHz * STEP_SAMPLES / sampleRateHz);
        double spread = swellDb * Math.sqrt((2 - follow) / follow);
        double wanderDb = swellDb * normal();
        double y1 = 0;
        double y2 = 0;
        for (int i = 0; i < out.length; i++) {
            if (i % STEP_SAMPLES == 0) {
                wanderDb += follow * (spread * normal() - wanderDb);
                gain = SampleMath.decibels(levelDb + wanderDb) / Math.sqrt(power);
            }
            double y = white() + a1 * y1 + a2 * y2;
            y2 = y1;
            y1 = y;
            out[i] += (float) (gain * y);
        }
    }

    /** Of variance one, near enough to normal. */
    private double normal() {
        return 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
    }

    /** Of variance one. */
    private double white() {
        return Math.sqrt(3) * (2 * random.nextDouble() - 1);
    }
}
