package io.clearline.unfolding.framework;

import org.ejml.data.DMatrixRMaj;

/** What training makes small: a function of the network's output, with the target inside. Immutable. */
public interface Objective {

    /** The sum over all entries of the output. */
    double value(DMatrixRMaj output);

    /** The slope by each entry of the output; both parts are non-negative. */
    Signed slope(DMatrixRMaj output);
}
