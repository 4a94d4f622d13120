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
 * Joins enhanced and dry frames to one signal without clicks. Both kinds cover the same moments of the same signal, so
 * the change from dry to enhanced is a cross-fade between the two. On the change from enhanced to dry the enhanced
 * frame is missing; the dry frame is then faded in over a continuation of the last enhanced samples. Thread-confined.
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

    /** Returns the samples to play for a frame. This may be one of the frame's own arrays, modified in place. */
    float[] mix(PlayoutFrame frame) {
        boolean wet = frame.enhanced != null && frame.wet;
        float[] out = frame.enhanced != null ? frame.enhanced : frame.dry;
        if (started && !frame.startsSpurt && wet != lastWet) {
            if (wet) {
                crossFade(frame.dry, out);
            } else {
                // Treats the enhanced signal as lost, so that the concealer fades in the dry one as its return.
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
