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
 * Mixes speech and noise: the same (seed, index) gives the same mixture, whatever was drawn before. Thread-safe.
 *
 * <p>How mixtures vary is a list of switches, {@link Variation}. What is to be kept is the voice as a room's first 50
 * ms and the channel's band make it.
 */
public final class Mixer {
    private static final double LOWEST_SNR_DB = -7;
    private static final double HIGHEST_SNR_DB = 11;
    private static final double LOWEST_WIDE_SNR_DB = -10;
    private static final double HIGHEST_WIDE_SNR_DB = 20;
    private static final double EQUALISATION_DB = 12;

    private final Voices voices;
    private final Backgrounds backgrounds;
    private final Rooms rooms;
    private final int sampleRateHz;
    private final long seed;
    private final MixingSpec spec;

    /** A mixer that varies everything. */
    public Mixer(Recordings speech, Recordings noise, int sampleRateHz, long seed) {
        this(speech, noise, sampleRateHz, seed, MixingSpec.varied());
    }

    /** A mixer that varies what the recipe says, in made-up rooms. */
    public Mixer(Recordings speech, Recordings noise, int sampleRateHz, long seed, MixingSpec spec) {
        this(speech, noise, Rooms.MADE_UP, sampleRateHz, seed, spec);
    }

    /** A mixer that varies what the recipe says. */
    public Mixer(Recordings speech, Recordings noise, Rooms rooms, int sampleRateHz, long seed, MixingSpec spec) {
        this.rooms = rooms;
        this.voices = new Voices(speech.withSyntheticShare(spec.syntheticShare()), sampleRateHz);
        this.backgrounds = new Backgrounds(noise, voices, sampleRateHz);
        this.sampleRateHz = sampleRateHz;
        this.seed = seed;
        this.spec = spec;
    }

    /**
     * A mixture and what it was made of; all of the same length, full scale 1.
     *
     * @param speech what is to be kept
     * @param mixture what is heard: speech, noise, late reflections, distortion
     */
    public record Mixture(float[] speech, float[] mixture, double snrDb) {}

    /** Draws the mixture of an index. */
    public Mixture draw(long index, int samples) {
        Draws draws = new Draws(spec, seed, index);
        float[] kept = voices.draw(draws, samples);
        float[] noise = backgrounds.draw(draws, samples);
        if (draws.has(Variation.EQUALISERS)) {
            SplittableRandom random = draws.stream(Variation.EQUALISERS, 0);
            kept = Equaliser.random(random, EQUALISATION_DB).apply(kept);
            noise = Equaliser.random(random, EQUALISATION_DB).apply(noise);
        }
        SplittableRandom resonances = draws.sometimes(Variation.RESONANCES, 0.12);
        if (resonances != null) {
            noise = Equaliser.resonances(resonances).apply(noise);
        }
        float[] heard = kept;
        SplittableRandom inRoom = draws.sometimes(Variation.ROOMS, 0.3);
        if (inRoom != null) {
            Room room = rooms.draw(inRoom, sampleRateHz);
            heard = room.apply(kept);
            kept = room.early(kept);
            noise = inRoom.nextBoolean() ? rooms.draw(inRoom, sampleRateHz).apply(noise) : noise;
        }
        double snrDb = snrDb(draws);
        return new Channel(draws, sampleRateHz).apply(kept, sum(heard, noise, gain(kept, noise, snrDb)), snrDb);
    }

    private static double snrDb(Draws draws) {
        double snrDb = Draws.between(draws.always(), LOWEST_SNR_DB, HIGHEST_SNR_DB);
        SplittableRandom wide = draws.sometimes(Variation.WIDE_SNR, 0.2);
        if (wide != null) {
            snrDb = Draws.between(wide, LOWEST_WIDE_SNR_DB, HIGHEST_WIDE_SNR_DB);
        }
        SplittableRandom clean = draws.sometimes(Variation.CLEAN_SPEECH, 0.05);
        return clean == null ? snrDb : Draws.between(clean, 25, 50);
    }

    /** By the voice where it sounds: a long silence before it must not make it louder. */
    private static double gain(float[] speech, float[] noise, double snrDb) {
        double noisePower = SampleMath.energy(noise) / noise.length;
        return Math.sqrt((SampleMath.activePower(speech) + 1e-12) / (noisePower + 1e-12) * Math.pow(10, -snrDb / 10));
    }

    private static float[] sum(float[] heard, float[] noise, double noiseGain) {
        float[] sum = new float[heard.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (heard[i] + noiseGain * noise[i]);
        }
        return sum;
    }

    /** Sets the noise to an SNR, adds, and scales the sum so that nothing clips. */
    public static Mixture mix(float[] speech, float[] noise, double snrDb, double gain) {
        double ratio = (SampleMath.energy(speech) + 1e-12) / (SampleMath.energy(noise) + 1e-12);
        float noiseGain = (float) Math.sqrt(ratio * Math.pow(10, -snrDb / 10));
        float peak = 0;
        float[] mixture = new float[speech.length];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = speech[i] + noiseGain * noise[i];
            peak = Math.max(peak, Math.abs(mixture[i]));
        }
        double rms = Math.sqrt(SampleMath.energy(mixture) / mixture.length);
        float scale = (float) Math.min(0.05 * gain / (rms + 1e-9), 0.99 / (peak + 1e-9));
        float[] scaledSpeech = new float[speech.length];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] *= scale;
            scaledSpeech[i] = speech[i] * scale;
        }
        return new Mixture(scaledSpeech, mixture, snrDb);
    }
}
