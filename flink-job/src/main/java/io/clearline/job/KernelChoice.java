package io.clearline.job;

import io.clearline.unfolding.kernel.Kernel;
import io.clearline.unfolding.kernel.Kernels;
import io.clearline.unfolding.kernel.ScalarKernel;

/** Which kernel the job computes with. The samples are the same with each. */
public enum KernelChoice {
    /** The fastest that runs in this JVM. */
    AUTO,
    /** Plain Java; runs everywhere. */
    SCALAR,
    /** The Vector API; the JVM needs {@code --add-modules jdk.incubator.vector}. */
    VECTOR;

    /**
     * The kernel itself.
     *
     * @throws IllegalStateException when this JVM can't run the one that was asked for
     */
    public Kernel kernel() {
        if (this == SCALAR) {
            return new ScalarKernel();
        }
        Kernel best = Kernels.best();
        if (this == VECTOR && !best.name().startsWith("vector")) {
            throw new IllegalStateException("The vector kernel can't run in this JVM, only " + best.name()
                    + ". Start it with --add-modules jdk.incubator.vector, or ask for the kernel AUTO.");
        }
        return best;
    }
}
