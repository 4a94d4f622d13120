package io.clearline.evaluation;

/**
 * Scale-invariant signal-to-distortion ratio (Le Roux, Wisdom, Erdogan, Hershey, ICASSP 2019), no mean removed: only a gain is forgiven,
 * a filter or a delay is not. Stateless.
 */
public final class SiSdr {

    private SiSdr() {}

    /**
     * The ratio in dB, within +-120.
     *
     * @throws IllegalArgumentException when lengths differ, or the reference is silent
     */
    public static double siSdrDb(float[] reference, float[] estimate) {
        Signal.requireComparable(reference, estimate, "estimate");
        double scale = Signal.product(estimate, reference) / Signal.energy(reference);
        double target = 0;
        double rest = 0;
        for (int i = 0; i < reference.length; i++) {
            double targetSample = scale * reference[i];
            double restSample = estimate[i] - targetSample;
            target += targetSample * targetSample;
            rest += restSample * restSample;
        }
        return Signal.ratioDb(target, rest);
    }
}
