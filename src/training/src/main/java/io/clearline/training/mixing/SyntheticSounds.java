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
 * Synthesises sounds: knocks, tones, whooshes and engines, at random times or in a rhythm. All draws differ, which
 * counteracts overfitting to the few recorded noises.
 */
final class SyntheticSounds {
    private final SplittableRandom random;
    private final int sampleRateHz;
    private final float[] out;

    private SyntheticSounds(SplittableRandom random, int samples, int sampleRateHz) {
        this.random = random;
        this.sampleRateHz = sampleRateHz;
        out = new float[samples];
    }

    /** Draws one to three kinds of sound. */
    static float[] draw(SplittableRandom random, int samples, int sampleRateHz) {
        SyntheticSounds sounds = new SyntheticSounds(random, samples, sampleRateHz);
        int kinds = 1 + random.nextInt(3);
        for (int i = 0; i < kinds; i++) {
            sounds.addKind();
        }
        return sounds.out;
    }

    /** Adds one kind of sound repeatedly: the same sound in a regular rhythm, or new ones at random intervals. */
    private void addKind() {
        int kind = random.nextInt(4);
        boolean rhythm = random.nextBoolean();
        double meanPauseSeconds = logUniform(0.08, 1.5);
        float[] sound = sound(kind);
        for (double at = random.nextDouble() * meanPauseSeconds * sampleRateHz; at < out.length; ) {
            double gain = rhythm ? 1 : logUniform(0.25, 1);
            for (int i = 0; i < sound.length && (int) at + i < out.length; i++) {
                out[(int) at + i] += (float) (gain * sound[i]);
            }
            at += sampleRateHz * meanPauseSeconds * (rhythm ? 1 : -Math.log(1 - random.nextDouble())) + 1;
            sound = rhythm ? sound : sound(kind);
        }
    }

    private float[] sound(int kind) {
        return switch (kind) {
            case 0 -> knock();
            case 1 -> tone();
            case 2 -> whoosh();
            default -> engine();
        };
    }

    /** Returns a few damped resonances with a click. */
    private float[] knock() {
        float[] sound = new float[(int) (sampleRateHz * logUniform(0.05, 0.6))];
        int modes = 2 + random.nextInt(5);
        for (int mode = 0; mode < modes; mode++) {
            double step = 2 * Math.PI * frequency(80, 0.45) / sampleRateHz;
            double decay = Math.exp(-1 / (sampleRateHz * logUniform(0.004, 0.15)));
            double level = logUniform(0.1, 1);
            for (int i = 0; i < sound.length; i++) {
                sound[i] += (float) (level * Math.sin(step * i));
                level *= decay;
            }
        }
        double level = logUniform(0.05, 2);
        double decay = Math.exp(-1 / (sampleRateHz * logUniform(0.001, 0.05)));
        for (int i = 0; i < sound.length; i++) {
            sound[i] += (float) (level * white());
            level *= decay;
        }
        return sound;
    }

    /** Returns harmonics with glide and vibrato: bells, beeps, sirens, animals. */
    private float[] tone() {
        float[] sound = new float[(int) (sampleRateHz * logUniform(0.05, 1.5))];
        double pitchHz = frequency(60, 0.2);
        double glide = random.nextInt(3) == 0 ? logUniform(0.5, 2) : 1;
        double vibratoHz = logUniform(2, 30);
        double vibrato = random.nextInt(3) == 0 ? 0.05 * random.nextDouble() : 0;
        double rollOff = logUniform(0.3, 0.95);
        int harmonics = 1 + random.nextInt(12);
        double phase = 0;
        for (int i = 0; i < sound.length; i++) {
            double part = (double) i / sound.length;
            double shape = 1 + vibrato * Math.sin(2 * Math.PI * vibratoHz * i / sampleRateHz);
            double momentaryHz = pitchHz * Math.pow(glide, part) * shape;
            phase += 2 * Math.PI * momentaryHz / sampleRateHz;
            double level = 1;
            for (int harmonic = 1; harmonic <= harmonics && harmonic * momentaryHz < 0.48 * sampleRateHz; harmonic++) {
                sound[i] += (float) (level * Math.sin(harmonic * phase));
                level *= rollOff;
            }
        }
        return envelope(sound);
    }

    /** Returns band-limited noise that swells and fades. */
    private float[] whoosh() {
        float[] sound = new float[(int) (sampleRateHz * logUniform(0.05, 2))];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) white();
        }
        resonate(sound, frequency(100, 0.45), logUniform(0.02, 1));
        return envelope(sound);
    }

    /** Returns slightly irregular pulses, filtered by one or two resonances. */
    private float[] engine() {
        float[] sound = new float[(int) (sampleRateHz * logUniform(0.3, 3))];
        double period = sampleRateHz / logUniform(12, 150);
        double jitter = 0.2 * random.nextDouble();
        for (double at = 0; at < sound.length; at += period * (1 + jitter * white()) + 1) {
            sound[(int) at] = (float) logUniform(0.5, 1);
        }
        double hiss = logUniform(0.001, 0.1);
        for (int i = 0; i < sound.length; i++) {
            sound[i] += (float) (hiss * white());
        }
        resonate(sound, frequency(60, 0.1), logUniform(0.05, 1));
        if (random.nextBoolean()) {
            resonate(sound, frequency(200, 0.3), logUniform(0.05, 1));
        }
        return envelope(sound);
    }

    /** Applies a second-order resonance in place. The bandwidth is relative to its centre frequency. */
    private void resonate(float[] sound, double centreHz, double bandwidth) {
        double radius = Math.exp(-Math.PI * bandwidth * centreHz / sampleRateHz);
        double a1 = 2 * radius * Math.cos(2 * Math.PI * centreHz / sampleRateHz);
        double a2 = -radius * radius;
        double y1 = 0;
        double y2 = 0;
        for (int i = 0; i < sound.length; i++) {
            double y = (1 - radius) * sound[i] + a1 * y1 + a2 * y2;
            y2 = y1;
            y1 = y;
            sound[i] = (float) y;
        }
    }

    /** Applies an envelope that rises and falls, and normalises the sound to RMS 1, so that none masks the others. */
    private float[] envelope(float[] sound) {
        double rise = 0.01 + 0.6 * random.nextDouble() * random.nextDouble();
        double energy = 0;
        for (int i = 0; i < sound.length; i++) {
            double part = (double) i / sound.length;
            double level = part < rise ? part / rise : (1 - part) / (1 - rise);
            sound[i] *= (float) level;
            energy += sound[i] * sound[i];
        }
        float gain = (float) (1 / Math.sqrt(energy / sound.length + 1e-12));
        for (int i = 0; i < sound.length; i++) {
            sound[i] *= gain;
        }
        return sound;
    }

    /** Draws a frequency up to a fraction of the sample rate. */
    private double frequency(double minHz, double maxPart) {
        return logUniform(minHz, maxPart * sampleRateHz);
    }

    private double logUniform(double low, double high) {
        return low * Math.pow(high / low, random.nextDouble());
    }

    private double white() {
        return 2 * random.nextDouble() - 1;
    }
}
