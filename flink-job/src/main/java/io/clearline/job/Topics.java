package io.clearline.job;

import java.io.Serializable;

/** The names of the topics, all with one prefix. Immutable. */
public record Topics(String prefix) implements Serializable {
    /** The prefix unless another is asked for. */
    public static final String DEFAULT_PREFIX = "clearline";

    /** The topics every document names. */
    public static final Topics DEFAULT = new Topics(DEFAULT_PREFIX);

    /** {@code AudioFrame} records as the doors write them; key = stream id. */
    public String rawFrames() {
        return prefix + ".frames.raw";
    }

    /** {@code DeadFrame} records: what could not be decoded or broke a limit, with the reason and the untouched bytes. */
    public String deadFrames() {
        return prefix + ".frames.dead";
    }

    /** {@code EnhancedFrame} records; key = stream id. */
    public String enhancedFrames() {
        return prefix + ".frames.enhanced";
    }

    /** {@code SdrEstimate} records; key = stream id. */
    public String sdrEstimates() {
        return prefix + ".sdr";
    }

    /** {@code StreamEvent} records; key = stream id. */
    public String events() {
        return prefix + ".events";
    }

    /** {@code ModelAnnouncement} records, compacted; key = channel. */
    public String models() {
        return prefix + ".models";
    }
}
