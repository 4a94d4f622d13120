package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;

/** One multiplicative update of the columns of a batch. */
interface VectorLayer {

    /**
     * Updates the activations in place.
     *
     * @param columns {@code [fill x inputRows]}, with a vector's room behind
     * @param activations {@code [fill x padded atoms]}
     */
    @HotPath
    void run(float[] columns, float[] activations, int fill);
}
