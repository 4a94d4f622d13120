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

import java.util.Optional;

/**
 * Makes the passes of a transform: in plain Java or, more than twice as fast, on the Vector API. Both give the same
 * bits.
 */
interface FftPasses {

    /** In plain Java, of any length. */
    FftPasses PLAIN = new PlainFftPasses();

    /** Loaded by name. */
    String VECTOR = "io.clearline.dsp.VectorFftPasses";

    /** {@link FftPass} of this radix, over transforms of this length. */
    FftPass pass(int radix, int length, int stride);

    /** The fastest that this JVM can run. */
    static FftPasses best() {
        return Chosen.PASSES;
    }

    /** Those on the Vector API, where the JVM has its module and the processor has vectors of at least 128 bits. */
    static Optional<FftPasses> vector() {
        return SimdClasses.newInstance(FftPasses.class, VECTOR);
    }

    /** The choice of the process, made once. */
    final class Chosen {
        private static final FftPasses PASSES =
                SimdClasses.preferred(FftPasses.class, VECTOR).orElse(PLAIN);

        private Chosen() {}
    }
}
