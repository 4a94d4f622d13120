package io.clearline.training;

import io.clearline.unfolding.network.NetworkParameters;
import java.io.IOException;
import java.nio.file.Path;

/** A training that goes step by step and can be stopped and resumed between any two. One thread calls. */
public interface Trainer extends AutoCloseable {
    /** Steps done. */
    int step();

    /** Whether all steps are done. */
    boolean isDone();

    /**
     * Does one step.
     *
     * @return the loss before the step, in the unit of the objective
     * @throws ArithmeticException when the loss is no number
     */
    double train();

    /** The network as trained so far. */
    NetworkParameters network();

    /** Writes everything that going on needs, whole or not at all. */
    void checkpoint(Path file) throws IOException;

    @Override
    void close();
}
