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
 * The random number generators of one mixture: one for each {@link Variation}, and one for everything that does not
 * depend on a variation. They depend only on seed and index, so that switching off a variation leaves the other draws
 * unchanged. Thread-confined.
 */
final class Draws {
    /** 2^64 divided by the golden ratio, which spreads consecutive seeds. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final MixingSpec spec;
    private final long seed;
    private final SplittableRandom always;

    Draws(MixingSpec spec, long seed, long index) {
        this.spec = spec;
        this.seed = seed * MIX + index;
        this.always = new SplittableRandom(this.seed);
    }

    /** Returns the generator of what every mixture has: voice, noise, SNR and level. It is the same in every call. */
    SplittableRandom always() {
        return always;
    }

    /**
     * Decides whether a variation is applied to this mixture.
     *
     * @return the generator of the variation, or null if it is switched off or not drawn
     */
    SplittableRandom sometimes(Variation variation, double probability) {
        SplittableRandom random = stream(variation, 0);
        return spec.has(variation) && random.nextDouble() < probability ? random : null;
    }

    /** Returns whether a variation is switched on. */
    boolean has(Variation variation) {
        return spec.has(variation);
    }

    /**
     * Returns a new generator of a variation.
     *
     * @param use distinguishes several draws of the variation in one mixture
     */
    SplittableRandom stream(Variation variation, int use) {
        return new SplittableRandom(seed ^ MIX * (1 + variation.ordinal() + 64L * use));
    }

    /** Draws from a uniform distribution. */
    static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Draws from a log-uniform distribution. */
    static double logBetween(SplittableRandom random, double low, double high) {
        return low * Math.pow(high / low, random.nextDouble());
    }
}
