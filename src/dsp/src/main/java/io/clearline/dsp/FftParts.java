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
 * Makes the parts of a transform. There are two of each, in plain Java and, several times as fast, on the Vector API;
 * both give the same bits.
 */
interface FftParts {

    /** In plain Java, of any length. */
    FftParts PLAIN = new PlainFftParts();

    /** {@link FftPass} of this radix, over transforms of this length. */
    FftPass pass(int radix, int length, int stride);

    /** The fastest that this JVM can run. */
    static FftParts best() {
        return Chosen.PARTS;
    }

    /** Those on the Vector API, where the JVM has its module and the processor has vectors of at least 128 bits. */
    static Optional<FftParts> vector() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Optional.empty();
        }
        try {
            // By name, because the class needs a module that the rest of the program does not.
            FftParts parts = (FftParts) Class.forName("io.clearline.dsp.VectorFftParts")
                    .getDeclaredConstructor()
                    .newInstance();
            return Optional.of(parts);
        } catch (ReflectiveOperationException | LinkageError e) {
            // Another Java's Vector API, or too narrow vectors. Whoever asked for the vector kernel is told there.
            return Optional.empty();
        }
    }

    /** The choice of the process, made once. */
    final class Chosen {
        /** The kernels' property forces plain Java here too: {@code clearline.kernel=scalar}. */
        private static final boolean SCALAR = "scalar".equalsIgnoreCase(System.getProperty("clearline.kernel"));

        private static final FftParts PARTS = SCALAR ? PLAIN : vector().orElse(PLAIN);

        private Chosen() {}
    }
}
