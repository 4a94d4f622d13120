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
package io.clearline.gateway.media;

import io.clearline.dsp.Concealer;

/**
 * Makes one signal of enhanced and dry frames, without a click where one follows the other. Enhanced and dry frames are
 * the same moments of the same signal, so the way back to enhanced is a cross-fade of the two. On the way to dry the
 * enhanced frame is missing, and the dry one is faded in over what the last enhanced samples continue to.
 * Thread-confined.
 */
final class PlayoutMixer {
    private static final int CROSS_FADE_MILLIS = 4;

    private final int crossFadeSamples;
    private final Concealer continuation;
    private final float[] scratch = new float[1];
    private boolean lastWet;
    private boolean started;

    PlayoutMixer(int sampleRateHz) {
        crossFadeSamples = sampleRateHz * CROSS_FADE_MILLIS / 1000;
        continuation = new Concealer(sampleRateHz);
    }

    /** The samples to be played in place of a frame; they may be the frame's own, changed. */
    float[] mix(PlayoutFrame frame) {
        boolean wet = frame.enhanced != null && frame.wet;
        float[] out = frame.enhanced != null ? frame.enhanced : frame.dry;
        if (started && !frame.startsSpurt && wet != lastWet) {
            if (wet) {
                crossFade(frame.dry, out);
            } else {
                // Marks the enhanced signal as lost; the dry one is then received as its return.
                continuation.conceal(scratch, 0, 1);
            }
        }
        continuation.received(out, 0, frame.samples);
        lastWet = wet;
        started = true;
        return out;
    }

    private void crossFade(float[] from, float[] to) {
        int faded = Math.min(crossFadeSamples, to.length);
        for (int i = 0; i < faded; i++) {
            float weight = (float) (i + 1) / (faded + 1);
            to[i] = from[i] + weight * (to[i] - from[i]);
        }
    }
}
