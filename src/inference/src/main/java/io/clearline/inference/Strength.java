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
 * The strength of the enhancement: {@code gain = 1 - wet * (1 - max(mask, minGain))}. The noise estimate is what the
 * gain removes, so the sources add up to the mixture at every strength. A gain is never above 1. Immutable.
 *
 * @param wet the mix of input and enhanced signal: 0 is the delayed input, 1 the enhanced signal
 * @param maxAttenuationDb the largest attenuation of a bin, at least 0; infinity for no limit
 */
public record Strength(float wet, float maxAttenuationDb) {

    /** The full enhancement, without a limit of the attenuation. */
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

    /** Returns the smallest gain that {@link #maxAttenuationDb} allows. Slow: compute it once, not per hop. */
    public float minGain() {
        return (float) StrictMath.pow(10, -maxAttenuationDb / 20.0);
    }

    /** Clamps a mask to at most 1. NaN becomes 1, so an invalid mask leaves its bin unchanged. */
    @HotPath
    static float clampMask(float mask) {
        return mask <= 1 ? mask : 1;
    }

    /** Returns the gain of one bin for a mask in 0 to 1. */
    @HotPath
    static float gain(float mask, float wet, float minGain) {
        float limited = Math.max(mask, minGain);
        return Math.max(Math.fma(-wet, 1 - limited, 1), 0);
    }
}
