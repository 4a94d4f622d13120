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

/** Draws voices with varied speed and pitch, some with an early or late onset or hardly any speech. Thread-safe. */
final class Voices {
    private static final double MIN_SPEED = 0.8;
    private static final double MAX_SPEED = 1.25;
    private static final double MAX_PAUSE_SECONDS = 0.6;
    /** Additional samples that {@link SampleMath#atSpeed} needs for interpolation. */
    private static final int MARGIN = 4;

    /** Threshold of the onset relative to the peak: -34 dB. */
    private static final float ONSET_PART = 0.02f;

    private final Recordings speech;
    private final int sampleRateHz;

    Voices(Recordings speech, int sampleRateHz) {
        this.speech = speech;
        this.sampleRateHz = sampleRateHz;
    }

    /** Draws the voice of a mixture. */
    float[] draw(Draws draws, int samples) {
        int pause = (int) (MAX_PAUSE_SECONDS * sampleRateHz);
        SplittableRandom random = draws.always();
        float[] voice;
        if (draws.has(Variation.VOICE_SPEED)) {
            double speed = Draws.between(draws.stream(Variation.VOICE_SPEED, 0), MIN_SPEED, MAX_SPEED);
            voice = atSpeed(random, speed, samples, pause);
        } else {
            voice = speech.draw(random, samples, pause);
        }
        if (draws.sometimes(Variation.EARLY_ONSETS, 0.3) != null) {
            return fromOnset(voice);
        }
        SplittableRandom late = draws.sometimes(Variation.LATE_ONSETS, 0.2);
        if (late != null) {
            voice = from((int) (Draws.between(late, 0.1, 0.6) * samples), voice);
        }
        SplittableRandom hardly = draws.sometimes(Variation.HARDLY_ANY_SPEECH, 0.04);
        if (hardly != null) {
            voice = from((int) (Draws.between(hardly, 0.75, 0.9) * samples), voice);
        }
        return voice;
    }

    /** Moves the onset of the voice to the start and fills the end with silence. */
    private static float[] fromOnset(float[] voice) {
        float threshold = ONSET_PART * SampleMath.peak(voice);
        int onset = 0;
        while (onset < voice.length && Math.abs(voice[onset]) <= threshold) {
            onset++;
        }
        float[] shifted = new float[voice.length];
        System.arraycopy(voice, onset, shifted, 0, voice.length - onset);
        return shifted;
    }

    /** Draws a voice for babble, with varied speed only. */
    float[] plain(SplittableRandom random, int samples, int maxPauseSamples) {
        return atSpeed(random, Draws.between(random, MIN_SPEED, MAX_SPEED), samples, maxPauseSamples);
    }

    private float[] atSpeed(SplittableRandom random, double speed, int samples, int maxPauseSamples) {
        float[] drawn = speech.draw(random, (int) (samples * speed) + MARGIN, maxPauseSamples);
        return SampleMath.atSpeed(drawn, speed, samples);
    }

    /** Delays the voice and truncates its end. */
    private static float[] from(int start, float[] voice) {
        float[] late = new float[voice.length];
        System.arraycopy(voice, 0, late, start, voice.length - start);
        return late;
    }
}
