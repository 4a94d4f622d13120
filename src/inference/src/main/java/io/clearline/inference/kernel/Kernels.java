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
 * The kernels that this JVM can run, and the one that is chosen for the process: the best, or the {@link KernelChoice}
 * that the system property {@value #FORCE} names.
 */
public final class Kernels {

    /** Names the kernel that must be used. */
    public static final String FORCE = "clearline.kernel";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static final String VECTOR_KERNEL = "io.clearline.inference.kernel.VectorKernel";

    /** Below 128 bits a vector is no gain. */
    private static final int MIN_VECTOR_BITS = 128;

    private Kernels() {}

    /** The choice is made once and logged; the log is opened no sooner. */
    private static final class Chosen {
        private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
        private static final Kernel KERNEL = choose(forced());

        private static Kernel choose(KernelChoice choice) {
            if (choice != KernelChoice.AUTO) {
                LOG.info("Kernel: {}, as {} asks", choice, FORCE);
                return choice.kernel();
            }
            Optional<String> obstacle = whyNoVector();
            if (obstacle.isPresent()) {
                LOG.warn("Kernel: scalar, several times slower than the vector kernel: {}", obstacle.get());
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

    /** The fastest kernel that runs here, or the one that the system property asks for. */
    public static Kernel best() {
        return Chosen.KERNEL;
    }

    /** The name of {@link #best}, without a word in the log. */
    public static String bestName() {
        KernelChoice choice = forced();
        if (choice != KernelChoice.AUTO) {
            return choice.kernel().name();
        }
        return vector().orElseGet(Kernels::scalar).name();
    }

    /** The plain Java kernel. */
    public static Kernel scalar() {
        return new ScalarKernel();
    }

    /** The vector kernel, where it runs. */
    public static Optional<Kernel> vector() {
        return whyNoVector().isPresent() ? Optional.empty() : Optional.of(load());
    }

    /** Empty when the vector kernel runs; else the reason, and the flag that repairs it where there is one. */
    static Optional<String> whyNoVector() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return Optional.of(
                    "the module " + VECTOR_MODULE + " is not there; start java with --add-modules " + VECTOR_MODULE);
        }
        try {
            int bits = ((VectorWidth) newInstance()).vectorBits();
            return bits >= MIN_VECTOR_BITS
                    ? Optional.empty()
                    : Optional.of("this processor's vectors have " + bits + " bits, at least " + MIN_VECTOR_BITS
                            + " are needed; check -XX:UseAVX and -XX:MaxVectorSize");
        } catch (LinkageError e) {
            return Optional.of("the Vector API of Java " + Runtime.version() + " does not fit: " + e);
        }
    }

    private static Kernel load() {
        return newInstance();
    }

    /** By name, because the class needs a module that the rest of the program does not. */
    private static Kernel newInstance() {
        try {
            return (Kernel)
                    Class.forName(VECTOR_KERNEL).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot create " + VECTOR_KERNEL, e);
        }
    }

    /** What the ladder asks of a vector kernel. */
    interface VectorWidth {
        int vectorBits();
    }
}
