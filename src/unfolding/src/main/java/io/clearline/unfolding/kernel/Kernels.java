package io.clearline.unfolding.kernel;

/** Chooses the kernel. */
public final class Kernels {

    private Kernels() {}

    /** The fastest kernel that runs here. */
    public static Kernel best() {
        return new ScalarKernel();
    }
}
