package io.clearline.gateway.verify;

/** What a job promises of its output. */
public enum DeliveryMode {
    /** Every frame exactly once. */
    REPLAY,
    /** Every frame at least once, the same bytes each time. */
    LIVE
}
