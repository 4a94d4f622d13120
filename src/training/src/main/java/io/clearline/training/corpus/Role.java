package io.clearline.training.corpus;

/** What a recording may be used for. No speaker and no noise ever has two roles. */
public enum Role {
    /** Models learn from it. */
    TRAIN,
    /** Models are chosen and calibrated by it. */
    DEVELOPMENT,
    /** Models are judged by it, once they are made. */
    TEST
}
