package io.clearline.unfolding.kernel;

import java.util.List;

/** Every kernel that runs on this machine. */
public final class KernelsUnderTest {

    private KernelsUnderTest() {}

    public static List<Kernel> all() {
        return List.of(new ScalarKernel());
    }
}
