package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;

/** The forward pass on the Vector API: full groups of columns by the wide pass, what is left by the narrow one. */
final class VectorForwardPass implements ForwardPass {

    private static final int GROUP = VectorWideTiles.COLUMNS;

    private final int width;
    private final VectorNarrowPass narrow;
    private final VectorWidePass wide;

    VectorForwardPass(PackedNetwork network, int width) {
        this.width = width;
        narrow = new VectorNarrowPass(network, Math.min(width, GROUP - 1));
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
        for (; done + GROUP <= fill; done += GROUP) {
            wide.run(input, memories, masks, done);
        }
        if (done < fill) {
            narrow.run(input, memories, masks, done, fill - done);
        }
    }
}
