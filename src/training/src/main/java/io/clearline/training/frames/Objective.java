package io.clearline.training.frames;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a mask is trained for. Every segment counts relative to the energy of its own speech, so loud ones don't rule. */
public enum Objective {
    /** {@code D_2(|S| | mask |X|)}: half the squared error of the masked magnitudes, the paper's. */
    @JsonProperty("magnitude")
    MAGNITUDE,
    /** Half the squared error against the complex spectrum, {@code |mask X - S|^2 / 2}. */
    @JsonProperty("phase-sensitive")
    PHASE_SENSITIVE,
    /** The mean over the segments of the negative SNR in dB against the complex spectrum. */
    @JsonProperty("log-snr")
    LOG_SNR;

    boolean isPhaseSensitive() {
        return this != MAGNITUDE;
    }
}
