package io.clearline.unfolding.kernel;

import io.clearline.unfolding.network.NetworkParameters;

/** The kernel of plain Java: always there, and what every other kernel is compared with, bit by bit. */
public final class ScalarKernel implements Kernel {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public ForwardPass prepare(NetworkParameters network, int width) {
        return new ScalarForwardPass(NetworkPlan.of(network), width);
    }

    @Override
    public MatrixProducts products() {
        return new ScalarProducts();
    }
}
