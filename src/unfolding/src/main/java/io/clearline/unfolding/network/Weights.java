package io.clearline.unfolding.network;

/** Checks that several parameter records share. */
final class Weights {

    private Weights() {}

    /** Refuses negative, infinite and NaN entries: the multiplicative updates keep their meaning only above zero. */
    static void requireNonNegative(String what, float[] weights) {
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        what + ": expected finite weights >= 0, found " + weights[i] + " at index " + i);
            }
        }
    }

    static void requireLength(String what, float[] weights, int expected) {
        if (weights.length != expected) {
            throw new IllegalArgumentException(what + ": expected " + expected + " entries, found " + weights.length);
        }
    }
}
