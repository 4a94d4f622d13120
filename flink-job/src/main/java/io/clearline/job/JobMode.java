package io.clearline.job;

/** What the job is for. */
public enum JobMode {
    /**
     * Streams as they happen: at-least-once, a frame goes out as soon as it is ready; (stream id, sequence) tells a repeat. Idle streams are
     * closed, models are swapped while running.
     */
    LIVE,
    /**
     * Stored streams, once through to the end of the topic as it was at the start: exactly-once, full batches; a stream closes at its last
     * frame or at the end of the topic, never by the clock; each frame has the model that was announced for its capture time.
     */
    REPLAY
}
