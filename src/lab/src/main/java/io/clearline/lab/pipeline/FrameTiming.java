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
 * Which frame of the input completes which frame of the output: the algorithmic delay of a model, counted in whole
 * frames. Immutable.
 *
 * <p>For streams at the model's own sample rate.
 */
public final class FrameTiming {
    private final int hopSamples;
    private final int overlapSamples;
    private final int frameSamples;

    public FrameTiming(StftSpec stft, int frameSamples) {
        this(stft.hopSamples(), stft.overlapSamples(), frameSamples);
    }

    private FrameTiming(int hopSamples, int overlapSamples, int frameSamples) {
        this.hopSamples = hopSamples;
        this.overlapSamples = overlapSamples;
        this.frameSamples = frameSamples;
    }

    /** Where each frame completes itself. */
    static FrameTiming passing(int frameSamples) {
        return new FrameTiming(frameSamples, 0, frameSamples);
    }

    /** Output frames that are complete once so many input frames are there. */
    long framesOutAfter(long framesIn) {
        long hops = framesIn * frameSamples / hopSamples;
        return Math.max(0, hops * hopSamples - overlapSamples) / frameSamples;
    }

    /** Output frames that this input frame completes; the last of a stream completes all that are left. */
    long completedBy(long sequence, boolean last) {
        return (last ? sequence + 1 : framesOutAfter(sequence + 1)) - framesOutAfter(sequence);
    }

    /**
     * The input frame that completes an output frame.
     *
     * @param lastSequence of the stream
     */
    long completing(long sequence, long lastSequence) {
        long input = sequence;
        while (input < lastSequence && framesOutAfter(input + 1) <= sequence) {
            input++;
        }
        return input;
    }
}
