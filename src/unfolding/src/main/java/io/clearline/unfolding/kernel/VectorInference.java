package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.LANES;

import io.clearline.dsp.HotPath;
import io.clearline.unfolding.network.Dictionary;
import java.util.Arrays;

/** The product of the input with one dictionary, {@code b = W^T x}. */
final class VectorInference {

    /** Input rows of one pass: what a panel and its columns need then stays near the core. */
    private static final int CHUNK_ROWS = 192;

    private final int inputRows;
    private final int rows;
    private final PackedMatrix weights;
    private final int stride;
    private final float[] products;

    VectorInference(Dictionary w, int inputRows, int width) {
        this.inputRows = inputRows;
        rows = w.rows();
        weights = PackedMatrix.ofColumns(w.weights(), rows, w.atoms(), LANES);
        stride = weights.paddedOutputs();
        products = new float[width * stride];
    }

    /** {@code [width x padded atoms]}. */
    float[] products() {
        return products;
    }

    @HotPath
    void run(float[] columns, int fill) {
        Arrays.fill(products, 0, fill * stride, 0);
        for (int start = 0; start < rows; start += CHUNK_ROWS) {
            int count = Math.min(CHUNK_ROWS, rows - start);
            int from = inputRows - rows + start;
            VectorTiles.accumulate(weights, start, count, columns, from, inputRows, products, 0, stride, fill);
        }
    }
}
