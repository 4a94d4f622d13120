package io.clearline.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How non-negative weights move. Both keep them non-negative. */
public enum Optimiser {
    /** {@code W <- W (gradient- / gradient+)^stepSize}. */
    @JsonProperty("multiplicative")
    MULTIPLICATIVE,
    /** Adam on {@code V} with {@code W = exp(V)}. */
    @JsonProperty("adam")
    ADAM
}
