package io.clearline.cli;

import io.clearline.schemas.AudioEncoding;

/** How people call the encodings. */
enum Encoding {
    PCM(AudioEncoding.PCM_S16LE),
    MULAW(AudioEncoding.PCMU),
    ALAW(AudioEncoding.PCMA);

    private final AudioEncoding wire;

    Encoding(AudioEncoding wire) {
        this.wire = wire;
    }

    AudioEncoding wire() {
        return wire;
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
