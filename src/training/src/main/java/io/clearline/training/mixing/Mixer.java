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
 * Mixes speech and noise. A mixture depends only on recordings, seed and index, not on earlier draws. Thread-safe.
 *
 * <p>Each {@link Variation} of the mixtures can be switched off. The target of the enhancement is the voice with the
 * early reflections of the room (the first 50 ms) and the frequency band of the channel.
 */
public final class Mixer {
    private static final double MIN_SNR_DB = -7;
    private static final double MAX_SNR_DB = 11;
    private static final double MIN_WIDE_SNR_DB = -10;
    private static final double MAX_WIDE_SNR_DB = 20;
    /** Maximum gain of the random equalisers, in both directions. */
    private static final double EQUALISATION_DB = 12;

    private final Voices voices;
    private final Backgrounds backgrounds;
    private final Rooms rooms;
    private final int sampleRateHz;
    private final long seed;
    private final MixingSpec spec;

    /** Creates a mixer with all variations. */
    public Mixer(Recordings speech, Recordings noise, int sampleRateHz, long seed) {
        this(speech, noise, sampleRateHz, seed, MixingSpec.varied());
    }

    /** Creates a mixer with the variations of a recipe, in simulated rooms. */
    public Mixer(Recordings speech, Recordings noise, int sampleRateHz, long seed, MixingSpec spec) {
        this(speech, noise, Rooms.MADE_UP, sampleRateHz, seed, spec);
    }

    /** Creates a mixer with the variations of a recipe. */
    public Mixer(Recordings speech, Recordings noise, Rooms rooms, int sampleRateHz, long seed, MixingSpec spec) {
        this.rooms = rooms;
        this.voices = new Voices(speech.withSyntheticShare(spec.syntheticShare()), sampleRateHz);
        this.backgrounds = new Backgrounds(noise, voices, sampleRateHz);
        this.sampleRateHz = sampleRateHz;
        this.seed = seed;
        this.spec = spec;
    }

    /**
     * A mixture and its target. The arrays have the same length; full scale is 1.
     *
     * @param speech target of the enhancement
     * @param mixture input of the enhancement: speech, noise, late reflections, distortion
     * @param snrDb of speech and noise
     */
    public record Mixture(float[] speech, float[] mixture, double snrDb) {}

    /** Draws the mixture with an index. */
    public Mixture draw(long index, int samples) {
        Draws draws = new Draws(spec, seed, index);
        float[] target = voices.draw(draws, samples);
        float[] noise = backgrounds.draw(draws, samples);
        if (draws.has(Variation.EQUALISERS)) {
            SplittableRandom random = draws.stream(Variation.EQUALISERS, 0);
            target = Equaliser.random(random, EQUALISATION_DB).apply(target);
            noise = Equaliser.random(random, EQUALISATION_DB).apply(noise);
        }
        SplittableRandom resonances = draws.sometimes(Variation.RESONANCES, 0.12);
        if (resonances != null) {
            noise = Equaliser.resonances(resonances).apply(noise);
        }
        float[] heard = target;
        SplittableRandom inRoom = draws.sometimes(Variation.ROOMS, 0.3);
        if (inRoom != null) {
            Room room = rooms.draw(inRoom, sampleRateHz);
            heard = room.apply(target);
            target = room.early(target);
            noise = inRoom.nextBoolean() ? rooms.draw(inRoom, sampleRateHz).apply(noise) : noise;
        }
        double snrDb = snrDb(draws);
        return new Channel(draws, sampleRateHz).apply(target, sum(heard, noise, gain(target, noise, snrDb)), snrDb);
    }

    private static double snrDb(Draws draws) {
        double snrDb = Draws.between(draws.always(), MIN_SNR_DB, MAX_SNR_DB);
        SplittableRandom wide = draws.sometimes(Variation.WIDE_SNR, 0.2);
        if (wide != null) {
            snrDb = Draws.between(wide, MIN_WIDE_SNR_DB, MAX_WIDE_SNR_DB);
        }
        SplittableRandom clean = draws.sometimes(Variation.CLEAN_SPEECH, 0.05);
        return clean == null ? snrDb : Draws.between(clean, 25, 50);
    }

    /** Returns the gain of the noise. The speech level is that of its active parts, so that pauses have no effect. */
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

    /**
     * Mixes speech and noise at an SNR over the whole signal, without variations. The mixture is scaled to an RMS level
     * of 0.05 times {@code gain}, or less if it would clip.
     */
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
