package io.clearline.unfolding.network;

/**
 * One non-negative dictionary, {@code [rows x atoms]}, row-major: an atom is a column. The array is shared, not copied, and
 * must not change once a kernel was prepared with it.
 */
public record Dictionary(int rows, int atoms, float[] weights) {

    public Dictionary {
        if (rows < 1 || atoms < 1 || weights.length != rows * atoms) {
            throw new IllegalArgumentException("dictionary [" + rows + " x " + atoms + "] holds " + weights.length
                    + " weights, expected " + (long) rows * atoms);
        }
        Weights.requireNonNegative("dictionary", weights);
    }

    /** The weight of one row of one atom. */
    public float at(int row, int atom) {
        return weights[row * atoms + atom];
    }
}
