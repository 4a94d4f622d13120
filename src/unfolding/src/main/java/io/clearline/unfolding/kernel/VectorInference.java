package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.COLUMNS;
import static io.clearline.unfolding.kernel.VectorTiles.PANEL_ROWS;

import io.clearline.dsp.HotPath;
import io.clearline.unfolding.network.Dictionary;
import java.util.Arrays;

/** The product of the input with one dictionary, {@code b = W^T x}. */
final class VectorInference {

    /** Input rows of one pass: their part of the dictionary and of the input stays in the cache near the core. */
    private static final int CHUNK_ROWS = 192;

    private final int inputRows;
    private final int rows;
    private final PanelMatrix weights;
    private final int stride;
    private final float[] products;

    VectorInference(Dictionary w, int inputRows, int groups) {
        this.inputRows = inputRows;
        rows = w.rows();
        weights = PanelMatrix.ofColumns(w.weights(), w.atoms(), rows, PANEL_ROWS);
        stride = weights.paddedRows() * COLUMNS;
        products = new float[groups * stride];
    }

    /** {@code [groups][padded atoms x COLUMNS]}. */
    float[] products() {
        return products;
    }

    @HotPath
    void run(float[] x, int groups, boolean lastIsFull) {
        Arrays.fill(products, 0, groups * stride, 0);
        for (int start = 0; start < rows; start += CHUNK_ROWS) {
            int count = Math.min(CHUNK_ROWS, rows - start);
            for (int group = 0; group < groups; group++) {
                VectorTiles.accumulate(
                        weights.values(),
                        start * PANEL_ROWS,
                        weights.panelStride(),
                        weights.panels(),
                        count,
                        x,
                        ((group + 1) * inputRows - rows + start) * COLUMNS,
                        products,
                        group * stride,
                        group < groups - 1 || lastIsFull);
            }
        }
    }
}
