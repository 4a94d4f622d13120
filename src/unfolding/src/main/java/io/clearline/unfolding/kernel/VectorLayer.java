package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;

/** One multiplicative update of groups of columns. */
interface VectorLayer {

    /**
     * Updates the activations in place.
     *
     * @param x {@code [groups][inputRows x COLUMNS]}
     * @param activations {@code [groups][padded atoms x COLUMNS]}
     * @param lastIsFull whether the last group uses both its vectors
     */
    @HotPath
    void run(float[] x, float[] activations, int groups, boolean lastIsFull);
}
