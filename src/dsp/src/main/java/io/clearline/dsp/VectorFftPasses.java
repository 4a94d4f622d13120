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
package io.clearline.dsp;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FftPasses} on the Vector API. Uses only the preferred species of the JVM, because with two species in one
 * process the JIT of some JDK allocates an object for each vector. Passes whose stride is shorter than a vector are
 * done in plain Java. {@link SimdClasses} loads this class by its name. Stateless.
 */
final class VectorFftPasses implements FftPasses {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    /** Vectors of less than 128 bits are not faster than plain Java. */
    private static final int MIN_LANES = 4;

    /** @throws LinkageError if the vectors of this processor are too short */
    VectorFftPasses() {
        if (LANES < MIN_LANES) {
            throw new LinkageError("vectors of " + LANES + " floats; expected at least " + MIN_LANES);
        }
    }

    @Override
    public FftPass pass(int radix, int length, int stride) {
        if (stride < LANES) {
            return PLAIN.pass(radix, length, stride);
        }
        return switch (radix) {
            case 4 -> new VectorFftPass4(length, stride);
            case 5 -> new VectorFftPass5(length, stride);
            default -> PLAIN.pass(radix, length, stride);
        };
    }
}
