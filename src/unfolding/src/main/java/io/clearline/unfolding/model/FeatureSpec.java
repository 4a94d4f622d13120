package io.clearline.unfolding.model;

import java.util.Optional;

/**
 * How STFT magnitudes become the network's input column: bands, then level normalisation, then the last
 * {@code contextFrames} frames stacked, oldest first (zeros before the stream's start), then the statistics' rows.
 *
 * @param contextFrames T, the target frame included
 * @param bands absent: the bins as they are
 * @param level absent: magnitudes as they are (the network then depends on the gain)
 * @param statistics absent: no such rows
 */
public record FeatureSpec(
        int contextFrames,
        Optional<BandMatrix> bands,
        Optional<LevelNormalisation> level,
        Optional<SlowStatistics> statistics) {

    /** Far above any useful context; every stream keeps so many frames. */
    private static final int MOST_CONTEXT_FRAMES = 1000;

    public FeatureSpec {
        if (contextFrames < 1 || contextFrames > MOST_CONTEXT_FRAMES) {
            throw new IllegalArgumentException(
                    "context: expected 1 to " + MOST_CONTEXT_FRAMES + " frames, found " + contextFrames);
        }
    }

    /** Rows of one frame. */
    public int frameRows(int bins) {
        return bands.map(BandMatrix::bands).orElse(bins);
    }

    /**
     * Rows of one input column.
     *
     * @throws ArithmeticException when they are more than an int counts
     */
    public int inputRows(int bins) {
        int rowsPerBand = statistics.map(SlowStatistics::rowsPerBand).orElse(0);
        return Math.multiplyExact(frameRows(bins), Math.addExact(contextFrames, rowsPerBand));
    }
}
