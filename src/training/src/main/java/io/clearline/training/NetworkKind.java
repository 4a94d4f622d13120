package io.clearline.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The networks that a recipe can ask for. */
public enum NetworkKind {
    /** Euclidean layers with free Gram matrices, everything trained end to end. */
    @JsonProperty("gram")
    GRAM,
    /** Kullback-Leibler deep NMF, of which the last slots are trained. */
    @JsonProperty("deep-nmf")
    DEEP_NMF
}
