package io.clearline.unfolding.kernel;

/**
 * A matrix packed for {@code VectorTiles}: panels of a few rows, in each the summed index outside and the panel's rows inside.
 * The last panel is filled up with zero rows.
 */
record PanelMatrix(float[] values, int rows, int inner, int panelRows) {

    /** From {@code [rows x inner]}, row-major. */
    static PanelMatrix ofRows(float[] matrix, int rows, int inner, int panelRows) {
        return pack(matrix, rows, inner, inner, 1, panelRows);
    }

    /** The transpose of {@code [inner x rows]}, row-major. */
    static PanelMatrix ofColumns(float[] matrix, int rows, int inner, int panelRows) {
        return pack(matrix, rows, inner, 1, rows, panelRows);
    }

    private static PanelMatrix pack(
            float[] matrix, int rows, int inner, int rowStride, int innerStride, int panelRows) {
        float[] values = new float[panels(rows, panelRows) * panelRows * inner];
        for (int row = 0; row < rows; row++) {
            int at = row / panelRows * panelRows * inner + row % panelRows;
            for (int k = 0; k < inner; k++) {
                values[at + k * panelRows] = matrix[row * rowStride + k * innerStride];
            }
        }
        return new PanelMatrix(values, rows, inner, panelRows);
    }

    /** Panels that hold the given number of rows. */
    static int panels(int rows, int panelRows) {
        return (rows + panelRows - 1) / panelRows;
    }

    int panels() {
        return panels(rows, panelRows);
    }

    /** Floats from one panel to the next. */
    int panelStride() {
        return inner * panelRows;
    }

    /** Rows with the zero rows of the last panel. */
    int paddedRows() {
        return panels() * panelRows;
    }
}
