package io.clearline.benchmarks.pipeline;

/** Figures as they are written: four digits behind the point. Stateless. */
final class Rounding {
    private static final double DIGITS = 10_000;

    private Rounding() {}

    static double of(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
