package io.clearline.training.frames;

/** Anything that gives the mask of the speech from input columns. Thread-confined. */
public interface MaskNetwork {
    /**
     * The masks of many hops.
     *
     * @param input {@code [hops x inputRows]}: each hop's column is contiguous
     * @return {@code [hops x bins]}, each value from 0 to 1
     */
    float[] masks(float[] input, int hops);
}
