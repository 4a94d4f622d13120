package io.clearline.unfolding.kernel;

import io.clearline.unfolding.network.NetworkParameters;

/** A provider of the arithmetic. Stateless and safe to share; every kernel gives the same bits. */
public interface Kernel {

    /** For logs, metrics and reports: "scalar", or "vector-512" with the width of a vector in bits. */
    String name();

    /**
     * Packs the network's weights and allocates all that a forward pass needs.
     *
     * @param width the largest number of columns of one call
     */
    ForwardPass prepare(NetworkParameters network, int width);

    /** Matrix products for training. */
    MatrixProducts products();
}
