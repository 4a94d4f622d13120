package io.clearline.unfolding.inference;

import io.clearline.dsp.HotPath;

/** Takes the finished hops of a batch. */
@FunctionalInterface
public interface HopSink {

    /**
     * One hop is done. The samples are the receiver's only during the call.
     *
     * @param owner what the hop was added with
     * @param samples {@code length} samples from {@code offset}, full scale 1.0
     */
    @HotPath
    void hopDone(Object owner, SignalState state, float[] samples, int offset, int length);
}
