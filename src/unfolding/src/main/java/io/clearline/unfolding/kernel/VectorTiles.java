package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product in registers. A tile is a panel of rows by one or two vectors of columns; a lane is a column, so no lane
 * ever sums across others, and each lane is one chain of fused multiply-adds over k upwards.
 *
 * <p>Written out by hand because that is what the JIT compiler needs: one species only, its preferred one; accumulators as
 * local variables, at most 24; no helper that takes a vector. Anything else makes it box every vector on some JDK.
 */
final class VectorTiles {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    /** Columns of a full tile, and the stride of every matrix that tiles read or write. */
    static final int COLUMNS = 2 * LANES;

    /** Rows of a panel. AVX2 (8 lanes) has 16 vector registers, AVX-512 and Arm have 32. */
    static final int PANEL_ROWS = LANES == 8 ? 6 : 12;

    private VectorTiles() {}

    /**
     * {@code c += a b} over {@code count} values of the summed index.
     *
     * @param a packed in panels; {@code aAt} is the first panel's first value of the summed index
     * @param panelStride from one panel of a to the next
     * @param b {@code [count x COLUMNS]} from bAt
     * @param c {@code [panels * PANEL_ROWS x COLUMNS]} from cAt
     * @param full whether the second vector of columns counts
     */
    @HotPath
    static void accumulate(
            float[] a,
            int aAt,
            int panelStride,
            int panels,
            int count,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            boolean full) {
        for (int panel = 0; panel < panels; panel++) {
            int from = aAt + panel * panelStride;
            int to = cAt + panel * PANEL_ROWS * COLUMNS;
            if (PANEL_ROWS == 12) {
                if (full) {
                    tile12x2(a, from, count, b, bAt, c, to);
                } else {
                    tile12x1(a, from, count, b, bAt, c, to);
                }
            } else if (full) {
                tile6x2(a, from, count, b, bAt, c, to);
            } else {
                tile6x1(a, from, count, b, bAt, c, to);
            }
        }
    }

    @HotPath
    private static void tile12x2(float[] a, int aAt, int count, float[] b, int bAt, float[] c, int cAt) {
        FloatVector c0l = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c0r = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c1l = FloatVector.fromArray(SPECIES, c, cAt + 1 * COLUMNS);
        FloatVector c1r = FloatVector.fromArray(SPECIES, c, cAt + 1 * COLUMNS + LANES);
        FloatVector c2l = FloatVector.fromArray(SPECIES, c, cAt + 2 * COLUMNS);
        FloatVector c2r = FloatVector.fromArray(SPECIES, c, cAt + 2 * COLUMNS + LANES);
        FloatVector c3l = FloatVector.fromArray(SPECIES, c, cAt + 3 * COLUMNS);
        FloatVector c3r = FloatVector.fromArray(SPECIES, c, cAt + 3 * COLUMNS + LANES);
        FloatVector c4l = FloatVector.fromArray(SPECIES, c, cAt + 4 * COLUMNS);
        FloatVector c4r = FloatVector.fromArray(SPECIES, c, cAt + 4 * COLUMNS + LANES);
        FloatVector c5l = FloatVector.fromArray(SPECIES, c, cAt + 5 * COLUMNS);
        FloatVector c5r = FloatVector.fromArray(SPECIES, c, cAt + 5 * COLUMNS + LANES);
        FloatVector c6l = FloatVector.fromArray(SPECIES, c, cAt + 6 * COLUMNS);
        FloatVector c6r = FloatVector.fromArray(SPECIES, c, cAt + 6 * COLUMNS + LANES);
        FloatVector c7l = FloatVector.fromArray(SPECIES, c, cAt + 7 * COLUMNS);
        FloatVector c7r = FloatVector.fromArray(SPECIES, c, cAt + 7 * COLUMNS + LANES);
        FloatVector c8l = FloatVector.fromArray(SPECIES, c, cAt + 8 * COLUMNS);
        FloatVector c8r = FloatVector.fromArray(SPECIES, c, cAt + 8 * COLUMNS + LANES);
        FloatVector c9l = FloatVector.fromArray(SPECIES, c, cAt + 9 * COLUMNS);
        FloatVector c9r = FloatVector.fromArray(SPECIES, c, cAt + 9 * COLUMNS + LANES);
        FloatVector c10l = FloatVector.fromArray(SPECIES, c, cAt + 10 * COLUMNS);
        FloatVector c10r = FloatVector.fromArray(SPECIES, c, cAt + 10 * COLUMNS + LANES);
        FloatVector c11l = FloatVector.fromArray(SPECIES, c, cAt + 11 * COLUMNS);
        FloatVector c11r = FloatVector.fromArray(SPECIES, c, cAt + 11 * COLUMNS + LANES);
        for (int k = 0; k < count; k++) {
            FloatVector l = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS);
            FloatVector r = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS + LANES);
            FloatVector w = FloatVector.broadcast(SPECIES, a[aAt + k * 12]);
            c0l = w.fma(l, c0l);
            c0r = w.fma(r, c0r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 1]);
            c1l = w.fma(l, c1l);
            c1r = w.fma(r, c1r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 2]);
            c2l = w.fma(l, c2l);
            c2r = w.fma(r, c2r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 3]);
            c3l = w.fma(l, c3l);
            c3r = w.fma(r, c3r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 4]);
            c4l = w.fma(l, c4l);
            c4r = w.fma(r, c4r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 5]);
            c5l = w.fma(l, c5l);
            c5r = w.fma(r, c5r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 6]);
            c6l = w.fma(l, c6l);
            c6r = w.fma(r, c6r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 7]);
            c7l = w.fma(l, c7l);
            c7r = w.fma(r, c7r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 8]);
            c8l = w.fma(l, c8l);
            c8r = w.fma(r, c8r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 9]);
            c9l = w.fma(l, c9l);
            c9r = w.fma(r, c9r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 10]);
            c10l = w.fma(l, c10l);
            c10r = w.fma(r, c10r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 11]);
            c11l = w.fma(l, c11l);
            c11r = w.fma(r, c11r);
        }
        c0l.intoArray(c, cAt);
        c0r.intoArray(c, cAt + LANES);
        c1l.intoArray(c, cAt + 1 * COLUMNS);
        c1r.intoArray(c, cAt + 1 * COLUMNS + LANES);
        c2l.intoArray(c, cAt + 2 * COLUMNS);
        c2r.intoArray(c, cAt + 2 * COLUMNS + LANES);
        c3l.intoArray(c, cAt + 3 * COLUMNS);
        c3r.intoArray(c, cAt + 3 * COLUMNS + LANES);
        c4l.intoArray(c, cAt + 4 * COLUMNS);
        c4r.intoArray(c, cAt + 4 * COLUMNS + LANES);
        c5l.intoArray(c, cAt + 5 * COLUMNS);
        c5r.intoArray(c, cAt + 5 * COLUMNS + LANES);
        c6l.intoArray(c, cAt + 6 * COLUMNS);
        c6r.intoArray(c, cAt + 6 * COLUMNS + LANES);
        c7l.intoArray(c, cAt + 7 * COLUMNS);
        c7r.intoArray(c, cAt + 7 * COLUMNS + LANES);
        c8l.intoArray(c, cAt + 8 * COLUMNS);
        c8r.intoArray(c, cAt + 8 * COLUMNS + LANES);
        c9l.intoArray(c, cAt + 9 * COLUMNS);
        c9r.intoArray(c, cAt + 9 * COLUMNS + LANES);
        c10l.intoArray(c, cAt + 10 * COLUMNS);
        c10r.intoArray(c, cAt + 10 * COLUMNS + LANES);
        c11l.intoArray(c, cAt + 11 * COLUMNS);
        c11r.intoArray(c, cAt + 11 * COLUMNS + LANES);
    }

    @HotPath
    private static void tile12x1(float[] a, int aAt, int count, float[] b, int bAt, float[] c, int cAt) {
        FloatVector c0l = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c1l = FloatVector.fromArray(SPECIES, c, cAt + 1 * COLUMNS);
        FloatVector c2l = FloatVector.fromArray(SPECIES, c, cAt + 2 * COLUMNS);
        FloatVector c3l = FloatVector.fromArray(SPECIES, c, cAt + 3 * COLUMNS);
        FloatVector c4l = FloatVector.fromArray(SPECIES, c, cAt + 4 * COLUMNS);
        FloatVector c5l = FloatVector.fromArray(SPECIES, c, cAt + 5 * COLUMNS);
        FloatVector c6l = FloatVector.fromArray(SPECIES, c, cAt + 6 * COLUMNS);
        FloatVector c7l = FloatVector.fromArray(SPECIES, c, cAt + 7 * COLUMNS);
        FloatVector c8l = FloatVector.fromArray(SPECIES, c, cAt + 8 * COLUMNS);
        FloatVector c9l = FloatVector.fromArray(SPECIES, c, cAt + 9 * COLUMNS);
        FloatVector c10l = FloatVector.fromArray(SPECIES, c, cAt + 10 * COLUMNS);
        FloatVector c11l = FloatVector.fromArray(SPECIES, c, cAt + 11 * COLUMNS);
        for (int k = 0; k < count; k++) {
            FloatVector l = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS);
            FloatVector w = FloatVector.broadcast(SPECIES, a[aAt + k * 12]);
            c0l = w.fma(l, c0l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 1]);
            c1l = w.fma(l, c1l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 2]);
            c2l = w.fma(l, c2l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 3]);
            c3l = w.fma(l, c3l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 4]);
            c4l = w.fma(l, c4l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 5]);
            c5l = w.fma(l, c5l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 6]);
            c6l = w.fma(l, c6l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 7]);
            c7l = w.fma(l, c7l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 8]);
            c8l = w.fma(l, c8l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 9]);
            c9l = w.fma(l, c9l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 10]);
            c10l = w.fma(l, c10l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 12 + 11]);
            c11l = w.fma(l, c11l);
        }
        c0l.intoArray(c, cAt);
        c1l.intoArray(c, cAt + 1 * COLUMNS);
        c2l.intoArray(c, cAt + 2 * COLUMNS);
        c3l.intoArray(c, cAt + 3 * COLUMNS);
        c4l.intoArray(c, cAt + 4 * COLUMNS);
        c5l.intoArray(c, cAt + 5 * COLUMNS);
        c6l.intoArray(c, cAt + 6 * COLUMNS);
        c7l.intoArray(c, cAt + 7 * COLUMNS);
        c8l.intoArray(c, cAt + 8 * COLUMNS);
        c9l.intoArray(c, cAt + 9 * COLUMNS);
        c10l.intoArray(c, cAt + 10 * COLUMNS);
        c11l.intoArray(c, cAt + 11 * COLUMNS);
    }

    @HotPath
    private static void tile6x2(float[] a, int aAt, int count, float[] b, int bAt, float[] c, int cAt) {
        FloatVector c0l = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c0r = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c1l = FloatVector.fromArray(SPECIES, c, cAt + 1 * COLUMNS);
        FloatVector c1r = FloatVector.fromArray(SPECIES, c, cAt + 1 * COLUMNS + LANES);
        FloatVector c2l = FloatVector.fromArray(SPECIES, c, cAt + 2 * COLUMNS);
        FloatVector c2r = FloatVector.fromArray(SPECIES, c, cAt + 2 * COLUMNS + LANES);
        FloatVector c3l = FloatVector.fromArray(SPECIES, c, cAt + 3 * COLUMNS);
        FloatVector c3r = FloatVector.fromArray(SPECIES, c, cAt + 3 * COLUMNS + LANES);
        FloatVector c4l = FloatVector.fromArray(SPECIES, c, cAt + 4 * COLUMNS);
        FloatVector c4r = FloatVector.fromArray(SPECIES, c, cAt + 4 * COLUMNS + LANES);
        FloatVector c5l = FloatVector.fromArray(SPECIES, c, cAt + 5 * COLUMNS);
        FloatVector c5r = FloatVector.fromArray(SPECIES, c, cAt + 5 * COLUMNS + LANES);
        for (int k = 0; k < count; k++) {
            FloatVector l = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS);
            FloatVector r = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS + LANES);
            FloatVector w = FloatVector.broadcast(SPECIES, a[aAt + k * 6]);
            c0l = w.fma(l, c0l);
            c0r = w.fma(r, c0r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 1]);
            c1l = w.fma(l, c1l);
            c1r = w.fma(r, c1r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 2]);
            c2l = w.fma(l, c2l);
            c2r = w.fma(r, c2r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 3]);
            c3l = w.fma(l, c3l);
            c3r = w.fma(r, c3r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 4]);
            c4l = w.fma(l, c4l);
            c4r = w.fma(r, c4r);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 5]);
            c5l = w.fma(l, c5l);
            c5r = w.fma(r, c5r);
        }
        c0l.intoArray(c, cAt);
        c0r.intoArray(c, cAt + LANES);
        c1l.intoArray(c, cAt + 1 * COLUMNS);
        c1r.intoArray(c, cAt + 1 * COLUMNS + LANES);
        c2l.intoArray(c, cAt + 2 * COLUMNS);
        c2r.intoArray(c, cAt + 2 * COLUMNS + LANES);
        c3l.intoArray(c, cAt + 3 * COLUMNS);
        c3r.intoArray(c, cAt + 3 * COLUMNS + LANES);
        c4l.intoArray(c, cAt + 4 * COLUMNS);
        c4r.intoArray(c, cAt + 4 * COLUMNS + LANES);
        c5l.intoArray(c, cAt + 5 * COLUMNS);
        c5r.intoArray(c, cAt + 5 * COLUMNS + LANES);
    }

    @HotPath
    private static void tile6x1(float[] a, int aAt, int count, float[] b, int bAt, float[] c, int cAt) {
        FloatVector c0l = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c1l = FloatVector.fromArray(SPECIES, c, cAt + 1 * COLUMNS);
        FloatVector c2l = FloatVector.fromArray(SPECIES, c, cAt + 2 * COLUMNS);
        FloatVector c3l = FloatVector.fromArray(SPECIES, c, cAt + 3 * COLUMNS);
        FloatVector c4l = FloatVector.fromArray(SPECIES, c, cAt + 4 * COLUMNS);
        FloatVector c5l = FloatVector.fromArray(SPECIES, c, cAt + 5 * COLUMNS);
        for (int k = 0; k < count; k++) {
            FloatVector l = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS);
            FloatVector w = FloatVector.broadcast(SPECIES, a[aAt + k * 6]);
            c0l = w.fma(l, c0l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 1]);
            c1l = w.fma(l, c1l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 2]);
            c2l = w.fma(l, c2l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 3]);
            c3l = w.fma(l, c3l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 4]);
            c4l = w.fma(l, c4l);
            w = FloatVector.broadcast(SPECIES, a[aAt + k * 6 + 5]);
            c5l = w.fma(l, c5l);
        }
        c0l.intoArray(c, cAt);
        c1l.intoArray(c, cAt + 1 * COLUMNS);
        c2l.intoArray(c, cAt + 2 * COLUMNS);
        c3l.intoArray(c, cAt + 3 * COLUMNS);
        c4l.intoArray(c, cAt + 4 * COLUMNS);
        c5l.intoArray(c, cAt + 5 * COLUMNS);
    }
}
