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
 * A way in which the mixer varies mixtures. Each draws from a random stream of its own, so that leaving one out changes
 * nothing but what it did.
 */
public enum Variation {
    /** Voices faster or slower, and so higher or lower: 0.8 to 1.25. */
    VOICE_SPEED,
    /** Recorded noises likewise: 0.5 to 1.8. */
    NOISE_SPEED,
    /** A recorded noise backwards, every fourth time. */
    REVERSED_NOISE,
    /** Noise by rule: white to brown, steady or swelling. */
    COLOURED_NOISE,
    /** Sounds by rule: knocks, tones, whooshes, engines. */
    RULED_SOUNDS,
    /** Hum of the mains or of a machine, 3 to 20 harmonics. */
    HUM,
    /** Clicks and crackle. */
    CLICKS,
    /** Three to eight other voices at once. */
    BABBLE,
    /** Up to three noises at once. */
    SEVERAL_NOISES,
    /** Sharp resonances in the noise: pipes, boxes, cheap loudspeakers. */
    RESONANCES,
    /** A random smooth equalisation of voice and noise apart. */
    EQUALISERS,
    /** Short rooms; what is to be kept is the voice with its first 50 ms of reflections. */
    ROOMS,
    /** Telephone band, or a low-pass at random. */
    BAND_LIMITS,
    /** G.711 companding of the mixture. */
    CODECS,
    /** A microphone driven too hard: the mixture, not the voice, is clipped. */
    CLIPPING,
    /** A sudden change of level, as from a gain control or a turned head. */
    LEVEL_STEPS,
    /** A long silence before the voice sets in. */
    LATE_ONSETS,
    /** The voice sets in with the stream's first samples, as where a call is answered or a file cut tight. */
    EARLY_ONSETS,
    /** Some mixtures with SNRs far out, from -10 to 20 dB. */
    WIDE_SNR,
    /** Some voices with next to no noise: what is clean must stay. */
    CLEAN_SPEECH,
    /** Some noise with next to no voice: a word somewhere at most. */
    HARDLY_ANY_SPEECH
}
