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

import io.clearline.dsp.G711;
import java.util.SplittableRandom;

/**
 * The transmission channel of a mixture: band limits, level changes, clipping, codecs. Linear effects are applied to
 * the target speech too, because the network is not meant to undo them. Nonlinear distortions are applied only to the
 * mixture. An instance is used for one mixture.
 */
final class Channel {
    /** Mean of the RMS level (on a logarithmic scale), full scale 1. */
    private static final double RMS = 0.05;

    /** The level varies by up to this much in both directions. */
    private static final double GAIN_DB = 14;

    private final Draws draws;
    private final int sampleRateHz;

    Channel(Draws draws, int sampleRateHz) {
        this.draws = draws;
        this.sampleRateHz = sampleRateHz;
    }

    /** Applies the channel. May modify the arrays. */
    Mixer.Mixture apply(float[] speech, float[] mixture, double snrDb) {
        float[] limitedSpeech = speech;
        float[] limited = mixture;
        SplittableRandom random = draws.sometimes(Variation.BAND_LIMITS, 0.3);
        if (random != null) {
            boolean telephone = sampleRateHz > 8000 && random.nextInt(3) == 0;
            Equaliser band = telephone ? Equaliser.telephone(sampleRateHz) : Equaliser.lowPass(random, sampleRateHz);
            limitedSpeech = band.apply(speech);
            limited = band.apply(mixture);
        }
        stepLevel(limitedSpeech, limited);
        setLevel(limitedSpeech, limited);
        clip(limited);
        code(limited);
        return new Mixer.Mixture(limitedSpeech, limited, snrDb);
    }

    private void stepLevel(float[] speech, float[] mixture) {
        SplittableRandom random = draws.sometimes(Variation.LEVEL_STEPS, 0.1);
        if (random == null) {
            return;
        }
        int at = (int) (Draws.between(random, 0.2, 0.9) * mixture.length);
        float gain = (float) SampleMath.gainOfDb(Draws.between(random, -12, 12));
        for (int i = at; i < mixture.length; i++) {
            speech[i] *= gain;
            mixture[i] *= gain;
        }
    }

    /** Scales both to a random level at which the mixture does not clip. */
    private void setLevel(float[] speech, float[] mixture) {
        float peak = SampleMath.peak(mixture);
        double rms = Math.sqrt(SampleMath.energy(mixture) / mixture.length);
        double gain = SampleMath.gainOfDb(GAIN_DB * (2 * draws.always().nextDouble() - 1));
        double scale = Math.min(RMS * gain / (rms + 1e-9), 0.99 / (peak + 1e-9));
        SampleMath.scale(speech, scale);
        SampleMath.scale(mixture, scale);
    }

    private void clip(float[] mixture) {
        SplittableRandom random = draws.sometimes(Variation.CLIPPING, 0.06);
        if (random == null) {
            return;
        }
        float peak = SampleMath.peak(mixture);
        float limit = (float) (peak * Draws.between(random, 0.25, 0.9));
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = Math.max(-limit, Math.min(limit, mixture[i]));
        }
    }

    private void code(float[] mixture) {
        SplittableRandom random = draws.sometimes(Variation.CODECS, 0.06);
        if (random == null) {
            return;
        }
        byte[] codes = new byte[mixture.length];
        if (random.nextBoolean()) {
            G711.encodeMuLaw(mixture, 0, codes, 0, mixture.length);
            G711.decodeMuLaw(codes, 0, mixture, 0, mixture.length);
        } else {
            G711.encodeALaw(mixture, 0, codes, 0, mixture.length);
            G711.decodeALaw(codes, 0, mixture, 0, mixture.length);
        }
    }
}
