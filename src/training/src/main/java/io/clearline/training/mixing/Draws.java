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

/** The random streams of one mixture: one for each variation, and one for what is always drawn. */
final class Draws {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final MixingSpec spec;
    private final long seed;
    private final SplittableRandom always;

    Draws(MixingSpec spec, long seed, long index) {
        this.spec = spec;
        this.seed = seed * MIX + index;
        this.always = new SplittableRandom(this.seed);
    }

    /** The stream of what every mixture has: its voice, its noise, its SNR, its level. */
    SplittableRandom always() {
        return always;
    }

    /** A stream of the variation's own; null where it is switched off or, with this probability not met, left out. */
    SplittableRandom sometimes(Variation variation, double probability) {
        SplittableRandom random = stream(variation, 0);
        return spec.has(variation) && random.nextDouble() < probability ? random : null;
    }

    /** Whether the variation is switched on. */
    boolean has(Variation variation) {
        return spec.has(variation);
    }

    /** A stream of the variation's own. */
    SplittableRandom stream(Variation variation, int use) {
        return new SplittableRandom(seed ^ MIX * (1 + variation.ordinal() + 64L * use));
    }

    static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    static double logBetween(SplittableRandom random, double low, double high) {
        return low * Math.pow(high / low, random.nextDouble());
    }
}
