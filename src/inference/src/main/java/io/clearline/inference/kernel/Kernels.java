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

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels that this JVM can run, and the kernel of the process. That is the fastest one, or the
 * {@link KernelChoice} in the system property {@value #FORCE}. Thread-safe.
 */
public final class Kernels {

    /** System property with the kernel to use: auto, vector or scalar. */
    public static final String FORCE = "clearline.kernel";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static final String VECTOR_KERNEL = "io.clearline.inference.kernel.VectorKernel";

    /** Shorter vectors are not faster than the scalar kernel. */
    private static final int MIN_VECTOR_BITS = 128;

    private Kernels() {}

    /** Chooses and logs the kernel on first use. Callers that do not need a kernel do not initialise the logger. */
    private static final class Chosen {
        private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
        private static final Kernel KERNEL = choose(forced());

        private static Kernel choose(KernelChoice choice) {
            if (choice != KernelChoice.AUTO) {
                LOG.info("Kernel: {} (system property {})", choice, FORCE);
                return choice.kernel();
            }
            Optional<String> reason = whyNoVector();
            if (reason.isPresent()) {
                LOG.warn("Kernel: scalar, several times slower than the vector kernel: {}", reason.get());
                return scalar();
            }
            Kernel kernel = load();
            LOG.info("Kernel: {}", kernel.name());
            return kernel;
        }
    }

    private static KernelChoice forced() {
        return KernelChoice.of(System.getProperty(FORCE, "auto"));
    }

    /** Returns the kernel of the process: the fastest one, or the one that the system property names. */
    public static Kernel best() {
        return Chosen.KERNEL;
    }

    /** Returns the name of {@link #best} without logging the choice. */
    public static String bestName() {
        KernelChoice choice = forced();
        if (choice != KernelChoice.AUTO) {
            return choice.kernel().name();
        }
        return vector().orElseGet(Kernels::scalar).name();
    }

    /** Returns the kernel in plain Java, which runs in every JVM. */
    public static Kernel scalar() {
        return new ScalarKernel();
    }

    /** Returns the vector kernel, or empty if this JVM cannot run it. */
    public static Optional<Kernel> vector() {
        return whyNoVector().isPresent() ? Optional.empty() : Optional.of(load());
    }

    /**
     * Returns why the vector kernel cannot run and, where possible, the JVM option that enables it; empty if it runs.
     */
    static Optional<String> whyNoVector() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return Optional.of(
                    "the module " + VECTOR_MODULE + " is missing; start java with --add-modules " + VECTOR_MODULE);
        }
        try {
            int bits = ((VectorWidth) newInstance()).vectorBits();
            return bits >= MIN_VECTOR_BITS
                    ? Optional.empty()
                    : Optional.of("expected vectors of at least " + MIN_VECTOR_BITS + " bits, found " + bits
                            + " bits; check -XX:UseAVX and -XX:MaxVectorSize");
        } catch (LinkageError e) {
            return Optional.of("the Vector API of Java " + Runtime.version() + " is not compatible: " + e);
        }
    }

    private static Kernel load() {
        return newInstance();
    }

    /** Loads the class by its name, because it needs a module that may be missing. */
    private static Kernel newInstance() {
        try {
            return (Kernel)
                    Class.forName(VECTOR_KERNEL).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot create " + VECTOR_KERNEL, e);
        }
    }

    /** Implemented by the vector kernel, so that this class can check the vectors without the Vector API. */
    interface VectorWidth {
        /** Returns the number of bits of a vector. */
        int vectorBits();
    }
}
