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

/**
 * Selects a {@link Kernel}. The choice affects the speed but not the samples. It is an error to choose a kernel that
 * this JVM cannot run.
 */
public enum KernelChoice {
    /** The fastest kernel that runs in this JVM, or the one that the system property {@value Kernels#FORCE} names. */
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
                    .orElseThrow(() -> new IllegalStateException("The vector kernel can't run: "
                            + Kernels.whyNoVector().orElse("") + ". Or choose the kernel auto."));
        }
    };

    /**
     * Returns the chosen kernel.
     *
     * @throws IllegalStateException if this JVM cannot run it; the message says how to enable it
     */
    public abstract Kernel kernel();

    /**
     * Parses a choice.
     *
     * @param name "auto", "vector" or "scalar", in upper or lower case
     * @throws IllegalStateException if the name is none of these
     */
    public static KernelChoice of(String name) {
        for (KernelChoice choice : values()) {
            if (choice.name().equals(name.toUpperCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw new IllegalStateException("Expected auto, vector or scalar as a kernel, found '" + name + "'.");
    }
}
