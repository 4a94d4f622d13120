package io.clearline.unfolding.mrf;

/** The states of a unit of the field, and so what mean field makes of the sum z that reaches it. */
public enum Unit {
    /** 0 or 1; its mean is the probability of 1: {@code 1 / (1 + e^-z)}. */
    BINARY {
        @Override
        double mean(double z) {
            return Sigmoid.of(z);
        }

        @Override
        double slope(double mean) {
            return mean * (1 - mean);
        }
    },
    /** -1 or 1; its mean is {@code tanh z}. */
    SPIN {
        @Override
        double mean(double z) {
            return StrictMath.tanh(z);
        }

        @Override
        double slope(double mean) {
            return 1 - mean * mean;
        }
    };

    abstract double mean(double z);

    /** The derivative, from the mean; never negative. */
    abstract double slope(double mean);
}
