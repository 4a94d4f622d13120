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
package io.clearline.inference.model;

import java.util.Optional;

/**
 * Specifies how STFT magnitudes become the input column of a network. The magnitudes are reduced to bands and
 * normalised by the level. The column is the stack of the last {@code contextFrames} frames, oldest first (zeros before
 * the start of the stream), followed by the rows of the statistics. Immutable.
 *
 * @param contextFrames T, the number of stacked frames including the current one
 * @param bands empty to use the bins themselves
 * @param level empty to use unnormalised magnitudes; the output then depends on the gain of the input
 * @param statistics empty for no rows of statistics
 */
public record FeatureSpec(
        int contextFrames,
        Optional<BandMatrix> bands,
        Optional<LevelNormalisation> level,
        Optional<SlowStatistics> statistics) {

    /** Far above any useful context. It bounds the memory of a stream, which keeps this many frames. */
    private static final int MAX_CONTEXT_FRAMES = 1000;

    public FeatureSpec {
        if (contextFrames < 1 || contextFrames > MAX_CONTEXT_FRAMES) {
            throw new IllegalArgumentException(
                    "context: expected 1 to " + MAX_CONTEXT_FRAMES + " frames, found " + contextFrames);
        }
    }

    /** Returns the number of rows of one frame. */
    public int frameRows(int bins) {
        return bands.map(BandMatrix::bands).orElse(bins);
    }

    /**
     * Returns the number of rows of one input column.
     *
     * @throws ArithmeticException if the number overflows an int
     */
    public int inputRows(int bins) {
        int rowsPerBand = statistics.map(SlowStatistics::rowsPerBand).orElse(0);
        return Math.multiplyExact(frameRows(bins), Math.addExact(contextFrames, rowsPerBand));
    }
}
