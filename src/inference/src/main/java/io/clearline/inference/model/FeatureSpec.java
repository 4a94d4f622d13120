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
 * How STFT magnitudes become the network's input column: bands, then level normalisation, then the last
 * {@code contextFrames} frames stacked, oldest first (zeros before the stream's start), then the statistics' rows.
 *
 * @param contextFrames T, the target frame included
 * @param bands absent: the bins as they are
 * @param level absent: magnitudes as they are (the network then depends on the gain)
 * @param statistics absent: no such rows
 */
public record FeatureSpec(
        int contextFrames,
        Optional<BandMatrix> bands,
        Optional<LevelNormalisation> level,
        Optional<SlowStatistics> statistics) {

    /** Far above any useful context; every stream keeps so many frames. */
    private static final int MAX_CONTEXT_FRAMES = 1000;

    public FeatureSpec {
        if (contextFrames < 1 || contextFrames > MAX_CONTEXT_FRAMES) {
            throw new IllegalArgumentException(
                    "context: expected 1 to " + MAX_CONTEXT_FRAMES + " frames, found " + contextFrames);
        }
    }

    /** Rows of one frame. */
    public int frameRows(int bins) {
        return bands.map(BandMatrix::bands).orElse(bins);
    }

    /**
     * Rows of one input column.
     *
     * @throws ArithmeticException when they are more than an int counts
     */
    public int inputRows(int bins) {
        int rowsPerBand = statistics.map(SlowStatistics::rowsPerBand).orElse(0);
        return Math.multiplyExact(frameRows(bins), Math.addExact(contextFrames, rowsPerBand));
    }
}
