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
package io.clearline.inference.features;

import io.clearline.dsp.HotPath;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.model.SlowStatistics;

/**
 * Converts the STFT of a hop to the input column of a network, as specified by a {@link FeatureSpec}. Training and
 * inference share this class, so a network sees the same floats in both.
 *
 * <p>One extractor serves any number of streams, each with its own {@link FeatureState}. Thread-confined; allocates
 * nothing after construction.
 */
public final class FeatureExtractor {

    /** Lower limit of the running level, so that silence does not divide by zero. */
    private static final float MIN_LEVEL = 1e-8f;

    /** The count of hops stops here, where 1 / (t + 1) is below every useful rate. */
    private static final int MAX_HOPS = 1 << 20;

    private final FeatureSpec spec;
    private final int bins;
    private final int frameRows;
    private final int inputRows;
    private final int contextFrames;
    private final SparseBands bands;
    private final LevelNormalisation level;
    private final SlowStatistics statistics;
    private final float[] magnitudes;
    private final float[] frame;

    public FeatureExtractor(FeatureSpec spec, int bins) {
        this.spec = spec;
        this.bins = bins;
        frameRows = spec.frameRows(bins);
        inputRows = spec.inputRows(bins);
        contextFrames = spec.contextFrames();
        bands = spec.bands().map(SparseBands::new).orElse(null);
        level = spec.level().orElse(null);
        statistics = spec.statistics().orElse(null);
        magnitudes = new float[bins];
        frame = new float[frameRows];
    }

    /** Returns the number of rows of a column. */
    public int inputRows() {
        return inputRows;
    }

    /** Creates the state of a new stream. */
    public FeatureState newState() {
        return new FeatureState(spec, frameRows);
    }

    /**
     * Computes the input column for the next hop of a stream and updates the stream's state.
     *
     * @param spectrum the real parts of the bins, then the imaginary parts
     * @param column receives each row at {@code columnOffset + row * stride}
     */
    @HotPath
    public void push(
            FeatureState state, float[] spectrum, int spectrumOffset, float[] column, int columnOffset, int stride) {
        float[] magnitudes = this.magnitudes;
        int imaginary = spectrumOffset + bins;
        for (int bin = 0; bin < magnitudes.length; bin++) {
            float re = spectrum[spectrumOffset + bin];
            float im = spectrum[imaginary + bin];
            magnitudes[bin] = (float) Math.sqrt(Math.fma(re, re, im * im));
        }
        pushMagnitudes(state, magnitudes, 0, column, columnOffset, stride);
    }

    /** Variant of {@link #push} for the magnitudes of the bins instead of the spectrum. */
    @HotPath
    public void pushMagnitudes(
            FeatureState state, float[] magnitudes, int offset, float[] column, int columnOffset, int stride) {
        if (bands == null) {
            System.arraycopy(magnitudes, offset, frame, 0, bins);
        } else {
            bands.apply(magnitudes, offset, frame);
        }
        float startRate = 1f / (state.hops + 1);
        if (level != null) {
            normalise(state, startRate);
        }
        int at = writeContext(state, column, columnOffset, stride);
        if (statistics != null) {
            updateStatistics(state, startRate);
            at = write(state.slowMean, column, at, stride);
            at = write(state.fastMean, column, at, stride);
            write(state.floor, column, at, stride);
        }
        state.hops = Math.min(state.hops + 1, MAX_HOPS);
    }

    /** Divides the frame by the running level; see {@link LevelNormalisation}. */
    @HotPath
    private void normalise(FeatureState state, float startRate) {
        float sum = 0;
        for (int row = 0; row < frameRows; row++) {
            sum += frame[row];
        }
        float rate = Math.max(level.rate(), startRate);
        state.level = Math.fma(rate, sum / frameRows - state.level, state.level);
        float divisor = Math.max(state.level, MIN_LEVEL);
        float offset = level.offset();
        for (int row = 0; row < frameRows; row++) {
            frame[row] = frame[row] / divisor + offset;
        }
    }

    /** Writes the stacked frames and moves the context on by one frame. Returns the next index of the column. */
    @HotPath
    private int writeContext(FeatureState state, float[] column, int columnOffset, int stride) {
        float[] context = state.context;
        int at = write(context, column, columnOffset, stride);
        at = write(frame, column, at, stride);
        if (contextFrames > 1) {
            System.arraycopy(context, frameRows, context, 0, context.length - frameRows);
            System.arraycopy(frame, 0, context, context.length - frameRows, frameRows);
        }
        return at;
    }

    @HotPath
    private static int write(float[] values, float[] column, int at, int stride) {
        if (stride == 1) {
            System.arraycopy(values, 0, column, at, values.length);
        } else {
            for (int i = 0; i < values.length; i++) {
                column[at + i * stride] = values[i];
            }
        }
        return at + values.length * stride;
    }

    @HotPath
    private void updateStatistics(FeatureState state, float startRate) {
        updateMean(state.slowMean, Math.max(statistics.slowRate(), startRate));
        updateMean(state.fastMean, Math.max(statistics.fastRate(), startRate));
        if (statistics.trackFloor()) {
            updateMean(state.floorMean, Math.max(statistics.floorSmoothingRate(), startRate));
            updateFloor(state);
        }
    }

    /** Moves an exponential mean towards the current frame. */
    @HotPath
    private void updateMean(float[] mean, float rate) {
        for (int row = 0; row < frameRows; row++) {
            mean[row] = Math.fma(rate, frame[row] - mean[row], mean[row]);
        }
    }

    @HotPath
    private void updateFloor(FeatureState state) {
        float[] floor = state.floor;
        if (state.hops == 0) {
            System.arraycopy(state.floorMean, 0, floor, 0, frameRows);
            return;
        }
        for (int row = 0; row < frameRows; row++) {
            float risen = Math.fma(statistics.floorRise(), floor[row], statistics.floorRiseOffset());
            float followed = Math.fma(statistics.floorFall(), state.floorMean[row] - floor[row], floor[row]);
            floor[row] = Math.min(risen, followed);
        }
    }
}
