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
 * {@link FftPasses} on the Vector API, of the JVM's preferred species only: with two in one process the JIT compiler of
 * some JDK makes an object of every vector. What is narrower than a vector is done in plain Java. Loaded by name.
 */
final class VectorFftPasses implements FftPasses {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    /** Below 128 bits a vector is no gain. */
    private static final int MIN_LANES = 4;

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
