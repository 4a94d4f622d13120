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

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variations of training mixtures: the part {@code mixing} of a recipe. Immutable.
 *
 * <p>The component names are part of the recipe format and of checkpoints.
 *
 * @param without variations that are switched off; null for none
 * @param syntheticShare probability of a synthetic voice, if the corpus has both synthetic and real voices; null: 0.4
 * @param withoutVoices packages of a fetched corpus ({@code PACKAGE}) or speakers ({@code PACKAGE:PART}) whose voices
 *     are excluded from training; null for none
 */
public record MixingSpec(Set<Variation> without, Double syntheticShare, Set<String> withoutVoices) {
    private static final double SYNTHETIC_SHARE = 0.4;

    public MixingSpec {
        // Sorted, because checkpoints identify their recipe by its text.
        without = Collections.unmodifiableSet(new TreeSet<>(without == null ? Set.of() : without));
        withoutVoices = Collections.unmodifiableSet(new TreeSet<>(withoutVoices == null ? Set.of() : withoutVoices));
        syntheticShare = syntheticShare == null ? SYNTHETIC_SHARE : syntheticShare;
        if (!(syntheticShare >= 0 && syntheticShare <= 1)) {
            throw new IllegalArgumentException("Expected a share of synthetic voices from 0 to 1, found "
                    + syntheticShare + ". Correct mixing.syntheticShare in the recipe.");
        }
    }

    /** Returns the default: all variations, all voices. */
    public static MixingSpec varied() {
        return new MixingSpec(null, null, null);
    }

    /** Returns a specification without variations: only voice, noise and SNR vary. */
    public static MixingSpec plain() {
        return new MixingSpec(EnumSet.allOf(Variation.class), null, null);
    }

    /** Returns whether a variation is switched on. */
    boolean has(Variation variation) {
        return !without.contains(variation);
    }
}
