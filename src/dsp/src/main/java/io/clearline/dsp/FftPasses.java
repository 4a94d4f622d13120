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

    /** {@link FftPass} of this radix, over transforms of this length. */
    FftPass pass(int radix, int length, int stride);

    /** The fastest that this JVM can run. */
    static FftPasses best() {
        return Chosen.PASSES;
    }

    /** Those on the Vector API, where the JVM has its module and the processor has vectors of at least 128 bits. */
    static Optional<FftPasses> vector() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Optional.empty();
        }
        try {
            // By name, because the class needs a module that the rest of the program does not.
            FftPasses passes = (FftPasses) Class.forName("io.clearline.dsp.VectorFftPasses")
                    .getDeclaredConstructor()
                    .newInstance();
            return Optional.of(passes);
        } catch (ReflectiveOperationException | LinkageError e) {
            // Another Java's Vector API, or too narrow vectors. Whoever asked for the vector kernel is told there.
            return Optional.empty();
        }
    }

    /** The choice of the process, made once. */
    final class Chosen {
        /** The kernels' property forces plain Java here too: {@code clearline.kernel=scalar}. */
        private static final boolean SCALAR = "scalar".equalsIgnoreCase(System.getProperty("clearline.kernel"));

        private static final FftPasses PASSES = SCALAR ? PLAIN : vector().orElse(PLAIN);

        private Chosen() {}
    }
}
