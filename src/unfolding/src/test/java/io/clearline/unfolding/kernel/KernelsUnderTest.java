package io.clearline.unfolding.kernel;

import java.util.List;

/** Every kernel that runs on this machine. */
public final class KernelsUnderTest {

    private KernelsUnderTest() {}

    public static List<Kernel> all() {
        return List.of(Kernels.scalar(), Kernels.choose("vector"));
    }
}
