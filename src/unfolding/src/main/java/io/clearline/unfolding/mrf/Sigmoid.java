package io.clearline.unfolding.mrf;

/** The logistic function and its integral, without overflow. */
final class Sigmoid {

    private Sigmoid() {}

    /** {@code 1 / (1 + e^-z)}. */
    static double of(double z) {
        double power = StrictMath.exp(-Math.abs(z));
        return (z < 0 ? power : 1) / (1 + power);
    }

    /** {@code log(1 + e^z)}. */
    static double integral(double z) {
        return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    }
}
