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
 * <p>Varied as life is: SNR, gain, speed of the noise and, less, of the voice (another speaker, nearly), a smooth
 * random equalisation of each, every fifth mixture in telephone band, every fifth voice and noise in a room, every
 * third with a second noise, some with synthetic noise or with the babble of other speakers, some noise backwards. What
 * is to be kept is the voice as the room makes it.
 */
public final class Mixer {
    private static final double LOWEST_SNR_DB = -7;
    private static final double HIGHEST_SNR_DB = 11;
    private static final double GAIN_DB = 12;
    private static final double EQUALISATION_DB = 8;
    private static final double LONGEST_PAUSE_SECONDS = 0.6;
    private static final int BABBLE_VOICES = 5;
    private static final double LOWEST_SPEED = 0.5;
    private static final double HIGHEST_SPEED = 1.8;
    private static final double LOWEST_VOICE_SPEED = 0.8;
    private static final double HIGHEST_VOICE_SPEED = 1.25;

    private final Recordings speech;
    private final Recordings noise;
    private final int sampleRateHz;
    private final long seed;

    public Mixer(Recordings speech, Recordings noise, int sampleRateHz, long seed) {
        this.speech = speech;
        this.noise = noise;
        this.sampleRateHz = sampleRateHz;
        this.seed = seed;
    }

    /**
     * A mixture and what it was made of; all of the same length, full scale 1.
     *
     * @param mixture the sum of speech and noise
     */
    public record Mixture(float[] speech, float[] mixture, double snrDb) {}

    /** Draws the mixture of an index. */
    public Mixture draw(long index, int samples) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
        float[] voice = Equaliser.random(random, EQUALISATION_DB)
                .apply(voice(random, samples, (int) (LONGEST_PAUSE_SECONDS * sampleRateHz)));
        float[] background = Equaliser.random(random, EQUALISATION_DB).apply(background(random, samples));
        if (random.nextInt(5) == 0) {
            voice = Room.random(random, sampleRateHz).apply(voice);
            background = Room.random(random, sampleRateHz).apply(background);
        }
        if (random.nextInt(3) == 0) {
            add(background, background(random, samples), decibels(random.nextDouble() * 12 - 6));
        }
        if (random.nextInt(5) == 0 && sampleRateHz > 8000) {
            voice = Equaliser.telephone(sampleRateHz).apply(voice);
            background = Equaliser.telephone(sampleRateHz).apply(background);
        }
        double snrDb = LOWEST_SNR_DB + (HIGHEST_SNR_DB - LOWEST_SNR_DB) * random.nextDouble();
        return mix(voice, background, snrDb, decibels(GAIN_DB * (2 * random.nextDouble() - 1)));
    }

    /** Sets the noise to an SNR, adds, and scales the sum so that nothing clips. */
    public static Mixture mix(float[] speech, float[] noise, double snrDb, double gain) {
        double speechEnergy = energy(speech);
        double noiseEnergy = energy(noise);
        float noiseGain = (float) Math.sqrt((speechEnergy + 1e-12) / (noiseEnergy + 1e-12) * Math.pow(10, -snrDb / 10));
        float peak = 0;
        float[] mixture = new float[speech.length];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = speech[i] + noiseGain * noise[i];
            peak = Math.max(peak, Math.abs(mixture[i]));
        }
        double rms = Math.sqrt(energy(mixture) / mixture.length);
        float scale = (float) Math.min(0.05 * gain / (rms + 1e-9), 0.99 / (peak + 1e-9));
        float[] scaledSpeech = new float[speech.length];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] *= scale;
            scaledSpeech[i] = speech[i] * scale;
        }
        return new Mixture(scaledSpeech, mixture, snrDb);
    }

    private float[] voice(SplittableRandom random, int samples, int longestPauseSamples) {
        double speed = LOWEST_VOICE_SPEED + (HIGHEST_VOICE_SPEED - LOWEST_VOICE_SPEED) * random.nextDouble();
        return atSpeed(speech.draw(random, (int) (samples * speed) + 2, longestPauseSamples), speed, samples);
    }

    private float[] background(SplittableRandom random, int samples) {
        int kind = random.nextInt(20);
        if (kind < 2) {
            return SyntheticNoise.draw(random, samples, sampleRateHz);
        }
        if (kind < 5) {
            return SyntheticSounds.draw(random, samples, sampleRateHz);
        }
        if (kind < 7) {
            float[] babble = new float[samples];
            for (int i = 0; i < BABBLE_VOICES; i++) {
                add(babble, voice(random, samples, 0), decibels(random.nextDouble() * 10 - 5));
            }
            return babble;
        }
        double speed = LOWEST_SPEED + (HIGHEST_SPEED - LOWEST_SPEED) * random.nextDouble();
        float[] recorded = atSpeed(noise.draw(random, (int) (samples * speed) + 2, 0), speed, samples);
        return random.nextInt(4) == 0 ? reversed(recorded) : recorded;
    }

    /**
     * Plays a recording faster or slower, by linear interpolation: another noise of the same kind, a voice of another
     * pitch.
     */
    private static float[] atSpeed(float[] samples, double speed, int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            double place = i * speed;
            int before = (int) place;
            float part = (float) (place - before);
            out[i] = samples[before] + part * (samples[before + 1] - samples[before]);
        }
        return out;
    }

    private static float[] reversed(float[] samples) {
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[out.length - 1 - i];
        }
        return out;
    }

    private static void add(float[] to, float[] samples, double relativeGain) {
        float gain = (float) (relativeGain * Math.sqrt((energy(to) + 1e-12) / (energy(samples) + 1e-12)));
        if (energy(to) == 0) {
            gain = (float) relativeGain;
        }
        for (int i = 0; i < to.length; i++) {
            to[i] += gain * samples[i];
        }
    }

    private static double energy(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum;
    }

    private static double decibels(double decibels) {
        return Math.pow(10, decibels / 20);
    }
}
