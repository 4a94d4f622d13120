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

/**
 * A variation of training mixtures (data augmentation). Each variation has its own random generator, so that switching
 * one off leaves the others unchanged.
 *
 * <p>Recipes contain the names, and the ordinals seed the generators: append new variations at the end.
 */
public enum Variation {
    /** Voices at 0.8 to 1.25 times their speed and pitch. */
    VOICE_SPEED,
    /** Recorded noises at 0.5 to 1.8 times their speed and pitch. */
    NOISE_SPEED,
    /** Every fourth recorded noise reversed. */
    REVERSED_NOISE,
    /** Synthetic noise, white to brown, with constant or modulated level. */
    COLOURED_NOISE,
    /** Synthetic sounds: knocks, tones, whooshes, engines. */
    RULED_SOUNDS,
    /** Hum of mains or machines with 3 to 20 harmonics. */
    HUM,
    /** Clicks and crackle. */
    CLICKS,
    /** Three to eight other voices at once. */
    BABBLE,
    /** Up to three noises at once. */
    SEVERAL_NOISES,
    /** Sharp resonances in the noise: pipes, boxes, cheap loudspeakers. */
    RESONANCES,
    /** Random smooth equalisers, different for voice and noise. */
    EQUALISERS,
    /** Reverberation of short rooms; the target is the voice with the reflections of the first 50 ms. */
    ROOMS,
    /** Telephone band, or a random low-pass filter. */
    BAND_LIMITS,
    /** G.711 companding of the mixture. */
    CODECS,
    /** Overdriven microphone: clipping of the mixture, but not of the target. */
    CLIPPING,
    /** A sudden level change, as by a gain control or a turn of the head. */
    LEVEL_STEPS,
    /** A long pause before the voice starts. */
    LATE_ONSETS,
    /** The voice starts with the first samples of the stream, as in an answered call or a trimmed file. */
    EARLY_ONSETS,
    /** Some mixtures with a wider range of SNRs, -10 to 20 dB. */
    WIDE_SNR,
    /** Some voices with almost no noise, 25 to 50 dB: clean speech must be preserved. */
    CLEAN_SPEECH,
    /** Some mixtures with almost no voice, a few words at the end at most. */
    HARDLY_ANY_SPEECH
}
