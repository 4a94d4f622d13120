/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.lab.pipeline;

import io.clearline.dsp.StftSpec;

/**
 * Algorithmic delay of a model in whole frames: which input frame completes which output frame. Immutable.
 *
 * <p>Valid for streams at the model's own sample rate. An output sample is final once every window that covers it has
 * been processed, which is the overlap of the windows later than the sample itself.
 */
public final class FrameTiming {
    private final int hopSamples;
    private final int overlapSamples;
    private final int frameSamples;

    /**
     * Creates the timing of a model.
     *
     * @param stft analysis of the model
     * @param frameSamples samples of each frame
     */
    public FrameTiming(StftSpec stft, int frameSamples) {
        this(stft.hopSamples(), stft.overlapSamples(), frameSamples);
    }

    private FrameTiming(int hopSamples, int overlapSamples, int frameSamples) {
        this.hopSamples = hopSamples;
        this.overlapSamples = overlapSamples;
        this.frameSamples = frameSamples;
    }

    /** Returns the timing without delay: each input frame completes the output frame of the same number. */
    static FrameTiming passThrough(int frameSamples) {
        return new FrameTiming(frameSamples, 0, frameSamples);
    }

    /** Returns the number of output frames that are complete after the given number of input frames. */
    long framesOutAfter(long framesIn) {
        long hops = framesIn * frameSamples / hopSamples;
        return Math.max(0, hops * hopSamples - overlapSamples) / frameSamples;
    }

    /**
     * Returns the number of output frames that an input frame completes; the last of a stream completes all the rest.
     */
    long completedBy(long sequence, boolean last) {
        return (last ? sequence + 1 : framesOutAfter(sequence + 1)) - framesOutAfter(sequence);
    }

    /**
     * Returns the number of the input frame that completes an output frame.
     *
     * @param sequence number of the output frame
     * @param lastSequence number of the last frame of the stream
     */
    long completing(long sequence, long lastSequence) {
        long input = sequence;
        while (input < lastSequence && framesOutAfter(input + 1) <= sequence) {
            input++;
        }
        return input;
    }
}
