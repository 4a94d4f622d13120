package io.clearline.unfolding.model;

/**
 * Divides each frame by a causal running level, so that the network sees the same input at every gain:
 * {@code n += max(rate, 1 / (t + 1)) * (mean(m) - n); m = m / n + offset}.
 */
public record LevelNormalisation(float rate, float offset) {

    public LevelNormalisation {
        if (!(rate > 0 && rate <= 1) || !(offset >= 0 && offset < 1)) {
            throw new IllegalArgumentException(
                    "level normalisation: expected a rate in (0, 1] and an offset in [0, 1), found " + rate + " and "
                            + offset);
        }
    }

    /** Rate 0.03 a hop, offset 1e-4. */
    public static LevelNormalisation standard() {
        return new LevelNormalisation(0.03f, 1e-4f);
    }
}
