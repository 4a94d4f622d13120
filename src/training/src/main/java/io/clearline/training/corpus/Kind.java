package io.clearline.training.corpus;

/** What a recording holds. */
public enum Kind {
    SPEECH,
    NOISE
}
