package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;

/** One multiplicative update of a full group of columns. */
interface VectorWideLayer {

    /**
     * Updates the activations in place.
     *
     * @param input {@code [inputRows x group]}
     * @param activations {@code [padded atoms x group]}
     */
    @HotPath
    void run(float[] input, float[] activations);
}
