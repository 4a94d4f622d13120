package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;

/** The forward pass on the Vector API: groups of columns by the wide pass, full or nearly so, what is left by the narrow one. */
final class VectorForwardPass implements ForwardPass {

    private static final int GROUP = VectorWideTiles.COLUMNS;

    /** A group with more columns than this is faster by the wide pass, although it computes a full one. */
    private static final int MOST_NARROW = GROUP * 3 / 4;

    private final int width;
    private final VectorNarrowPass narrow;
    private final VectorWidePass wide;

    VectorForwardPass(PackedNetwork network, int width) {
        this.width = width;
        narrow = new VectorNarrowPass(network, Math.min(width, MOST_NARROW));
        wide = new VectorWidePass(network);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    @HotPath
    public void run(float[] input, float[][] memories, float[] masks, int fill) {
        int done = 0;
        while (fill - done > MOST_NARROW) {
            int count = Math.min(GROUP, fill - done);
            wide.run(input, memories, masks, done, count);
            done += count;
        }
        if (done < fill) {
            narrow.run(input, memories, masks, done, fill - done);
        }
    }
}
