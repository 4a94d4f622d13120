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

    public FeatureSpec {
        if (contextFrames < 1) {
            throw new IllegalArgumentException("context: expected at least 1 frame, found " + contextFrames);
        }
    }

    /** Rows of one frame. */
    public int frameRows(int bins) {
        return bands.map(BandMatrix::bands).orElse(bins);
    }

    /** Rows of one input column. */
    public int inputRows(int bins) {
        return frameRows(bins)
                * (contextFrames + statistics.map(SlowStatistics::rowsPerBand).orElse(0));
    }
}
