package io.clearline.unfolding.kernel;

import io.clearline.unfolding.network.NetworkParameters;

/** The kernel on the Vector API. Needs the module {@code jdk.incubator.vector}; loaded by name, see {@link Kernels}. */
final class VectorKernel implements Kernel, Kernels.VectorWidth {

    @Override
    public String name() {
        return "vector-" + VectorTiles.SPECIES.vectorBitSize();
    }

    @Override
    public int vectorBits() {
        return VectorTiles.SPECIES.vectorBitSize();
    }

    @Override
    public ForwardPass prepare(NetworkParameters network, int width) {
        return new VectorForwardPass(PackedNetwork.of(NetworkPlan.of(network), VectorTiles.LANES), width);
    }

    @Override
    public MatrixProducts products() {
        return new VectorProducts();
    }
}
