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
 * Draws the background of a mixture: recorded noise, synthetic noise and sounds, hum, clicks, babble, or several of
 * them. Thread-safe.
 */
final class Backgrounds {
    private static final double MIN_SPEED = 0.5;
    private static final double MAX_SPEED = 1.8;
    private static final int MIN_BABBLE = 3;
    private static final int MAX_BABBLE = 8;
    /** Additional samples that {@link SampleMath#atSpeed} needs for interpolation. */
    private static final int MARGIN = 4;

    private final Recordings noise;
    private final Voices voices;
    private final int sampleRateHz;

    Backgrounds(Recordings noise, Voices voices, int sampleRateHz) {
        this.noise = noise;
        this.voices = voices;
        this.sampleRateHz = sampleRateHz;
    }

    /** Draws a background of one to three layers. */
    float[] draw(Draws draws, int samples) {
        float[] background = layer(draws, 0, samples);
        SplittableRandom random = draws.sometimes(Variation.SEVERAL_NOISES, 0.45);
        if (random != null) {
            int layers = random.nextInt(3) == 0 ? 2 : 1;
            for (int i = 1; i <= layers; i++) {
                SampleMath.add(background, layer(draws, i, samples), Draws.between(random, -8, 6));
            }
        }
        return background;
    }

    /**
     * Draws one layer. The kind is drawn in percent; the share of a variation that is switched off goes to recorded
     * noise. The share of 20 % for synthetic backgrounds is an experimental result: with 35 %, or with additional
     * synthetic ambience and textures, the gain on the development set was lower.
     */
    private float[] layer(Draws draws, int layer, int samples) {
        SplittableRandom always = layer == 0 ? draws.always() : draws.stream(Variation.SEVERAL_NOISES, layer);
        int kind = always.nextInt(100);
        Variation variation = variation(kind);
        if (variation == null || !draws.has(variation)) {
            return recorded(draws, always, layer, samples);
        }
        SplittableRandom random = draws.stream(variation, layer + 1);
        return switch (variation) {
            case COLOURED_NOISE -> SyntheticNoise.draw(random, samples, sampleRateHz);
            case RULED_SOUNDS -> SyntheticSounds.draw(random, samples, sampleRateHz);
            case HUM -> Hum.draw(random, samples, sampleRateHz);
            case CLICKS -> Clicks.draw(random, samples, sampleRateHz);
            default -> babble(random, samples);
        };
    }

    /** Returns the variation for a percentage, or null for recorded noise. */
    private static Variation variation(int kind) {
        if (kind < 4) {
            return Variation.COLOURED_NOISE;
        }
        if (kind < 11) {
            return Variation.RULED_SOUNDS;
        }
        if (kind < 13) {
            return Variation.HUM;
        }
        if (kind < 15) {
            return Variation.CLICKS;
        }
        return kind < 20 ? Variation.BABBLE : null;
    }

    private float[] babble(SplittableRandom random, int samples) {
        float[] babble = new float[samples];
        int count = MIN_BABBLE + random.nextInt(MAX_BABBLE - MIN_BABBLE + 1);
        for (int i = 0; i < count; i++) {
            float[] voice = voices.plain(random, samples, 0);
            SampleMath.scale(voice, 0.05 / Math.sqrt(SampleMath.energy(voice) / samples + 1e-12));
            SampleMath.scale(voice, SampleMath.gainOfDb(Draws.between(random, -5, 5)));
            for (int sample = 0; sample < samples; sample++) {
                babble[sample] += voice[sample];
            }
        }
        return babble;
    }

    private float[] recorded(Draws draws, SplittableRandom random, int layer, int samples) {
        double speed = draws.has(Variation.NOISE_SPEED)
                ? Draws.between(draws.stream(Variation.NOISE_SPEED, layer), MIN_SPEED, MAX_SPEED)
                : 1;
        float[] drawn = noise.draw(random, (int) (samples * speed) + MARGIN, 0);
        float[] recorded = SampleMath.atSpeed(drawn, speed, samples);
        boolean reversed = draws.has(Variation.REVERSED_NOISE)
                && draws.stream(Variation.REVERSED_NOISE, layer).nextInt(4) == 0;
        return reversed ? SampleMath.reversed(recorded) : recorded;
    }
}
