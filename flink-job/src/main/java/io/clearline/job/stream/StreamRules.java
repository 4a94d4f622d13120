package io.clearline.job.stream;

import java.io.Serializable;

/**
 * How the job treats every stream.
 *
 * @param reorderFrames frames of a stream that wait for a missing one before it is concealed
 * @param maxGapMillis the longest gap that is concealed; after a longer one the stream is reset
 * @param sdrIntervalMillis stream time between two SDR estimates
 * @param wet share of the enhanced signal in the output, 0 to 1
 * @param maxAttenuationDb the most a time-frequency point is turned down; infinity is no limit
 */
public record StreamRules(
        int reorderFrames, long maxGapMillis, long sdrIntervalMillis, float wet, float maxAttenuationDb)
        implements Serializable {
    /** The rules unless others are asked for. */
    public static final StreamRules DEFAULT = new StreamRules(3, 10_000, 1_000, 1f, Float.POSITIVE_INFINITY);

    public StreamRules {
        if (reorderFrames < 0 || maxGapMillis < 0 || sdrIntervalMillis < 1) {
            throw new IllegalArgumentException("Stream rules must be positive: reorderFrames " + reorderFrames
                    + ", maxGapMillis " + maxGapMillis + ", sdrIntervalMillis " + sdrIntervalMillis);
        }
    }
}
