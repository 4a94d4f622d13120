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
package io.clearline.inference;

import io.clearline.dsp.HotPath;

/**
 * How much of the enhancement a stream gets: {@code gain = 1 - wet * (1 - max(mask, leastGain))}. What the gain takes
 * away stays the estimate of the noise, so the sources add up to the mixture at every strength. A gain is never above
 * 1.
 *
 * @param wet 0 is the delayed input, 1 the enhanced signal
 * @param maxAttenuationDb no bin is turned down by more than this; infinity is no limit
 */
public record Strength(float wet, float maxAttenuationDb) {

    /** All of it. */
    public static final Strength FULL = new Strength(1, Float.POSITIVE_INFINITY);

    public Strength {
        if (!(wet >= 0 && wet <= 1)) {
            throw new IllegalArgumentException("strength: expected wet in 0 to 1, found " + wet);
        }
        if (!(maxAttenuationDb >= 0)) {
            throw new IllegalArgumentException(
                    "strength: expected a maximum attenuation >= 0 dB, found " + maxAttenuationDb);
        }
    }

    /** The smallest gain that {@link #maxAttenuationDb} leaves. Cold: keep the result. */
    public float leastGain() {
        return (float) StrictMath.pow(10, -maxAttenuationDb / 20.0);
    }

    /** A mask that is no number, or above 1, leaves the bin as it is. */
    @HotPath
    static float held(float mask) {
        return mask <= 1 ? mask : 1;
    }

    /** The gain of one bin, for a mask in 0 to 1. */
    @HotPath
    static float gain(float mask, float wet, float leastGain) {
        float limited = Math.max(mask, leastGain);
        return Math.max(Math.fma(-wet, 1 - limited, 1), 0);
    }
}
