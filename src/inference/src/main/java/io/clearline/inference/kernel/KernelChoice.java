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
package io.clearline.inference.kernel;

import java.util.Locale;

/** Which kernel computes. The samples are the same with each; one that is asked for and can't run is an error. */
public enum KernelChoice {
    /** The fastest that runs in this JVM, or what the system property {@value Kernels#FORCE} names. */
    AUTO {
        @Override
        public Kernel kernel() {
            return Kernels.best();
        }
    },
    /** Plain Java; runs everywhere. */
    SCALAR {
        @Override
        public Kernel kernel() {
            return Kernels.scalar();
        }
    },
    /** The Vector API; the JVM needs {@code --add-modules jdk.incubator.vector}. */
    VECTOR {
        @Override
        public Kernel kernel() {
            return Kernels.vector()
                    .orElseThrow(() -> new IllegalStateException("The vector kernel was asked for and" + " can't run: "
                            + Kernels.whyNoVector().orElse("") + ". Or ask for the kernel AUTO."));
        }
    };

    /**
     * The kernel itself.
     *
     * @throws IllegalStateException when this JVM can't run the one that was asked for, with what would repair it
     */
    public abstract Kernel kernel();

    /**
     * The choice of a name.
     *
     * @param name "auto", "vector" or "scalar", in any case
     * @throws IllegalStateException when it is another
     */
    public static KernelChoice of(String name) {
        for (KernelChoice each : values()) {
            if (each.name().equals(name.toUpperCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalStateException("Expected auto, vector or scalar as a kernel, found '" + name + "'.");
    }
}
