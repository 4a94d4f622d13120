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
package io.clearline.training.frames;

import io.clearline.dsp.Stft;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.features.FeatureExtractor;
import io.clearline.inference.features.FeatureState;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.training.mixing.Mixer;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A fixed set of analysed mixtures of one length, the training set of a mask network. For each hop it holds the newest
 * frame of the features and the values that the objectives need of X and S, the spectra of the mixture and of the
 * speech. The whole set is in memory, about 2.4 KB per hop at 201 bins. Immutable after construction and thread-safe.
 *
 * <p>Magnitudes are divided by the square root of the energy of the speech of their segment, so that the speech of each
 * segment has energy 1.
 */
public final class FrameSet {
    /** Lower bound of the energy, for segments without speech. */
    private static final double MIN_ENERGY = 1e-6;

    private final FeatureSpec spec;
    private final int bins;
    private final int frameRows;
    private final int hops;
    /** The newest frame of each hop, by segment: {@code [hops x frameRows]}. */
    private final float[][] frames;
    /** |X| by segment: {@code [hops x bins]}. */
    private final float[][] mixture;
    /** |S| by segment: {@code [hops x bins]}. */
    private final float[][] speech;
    /** |S| cos(angle between S and X) by segment: {@code [hops x bins]}; null without phase. */
    private final float[][] projected;

    private FrameSet(FeatureSpec spec, StftSpec stft, int segments, int segmentSamples, boolean phase) {
        if (spec.statistics().isPresent()) {
            throw new IllegalArgumentException("Frame set: expected features without slow statistics, found some.");
        }
        this.spec = spec;
        bins = stft.bins();
        frameRows = spec.frameRows(bins);
        hops = (segmentSamples - stft.windowSamples()) / stft.hopSamples() + 1;
        frames = new float[segments][hops * frameRows];
        mixture = new float[segments][hops * bins];
        speech = new float[segments][hops * bins];
        projected = phase ? new float[segments][hops * bins] : null;
    }

    /**
     * Analyses mixtures.
     *
     * @param mixtures returns the mixture of each index below {@code count}, with {@code segmentSamples} samples
     * @param spec features without slow statistics
     * @param phase whether a phase-sensitive objective will be used
     * @throws IllegalArgumentException if the features have slow statistics
     */
    public static FrameSet of(
            IntFunction<Mixer.Mixture> mixtures,
            int count,
            int segmentSamples,
            FeatureSpec spec,
            StftSpec stft,
            boolean phase) {
        FrameSet set = new FrameSet(spec, stft, count, segmentSamples, phase);
        Stft transform = new Stft(stft);
        FeatureExtractor newest =
                new FeatureExtractor(new FeatureSpec(1, spec.bands(), spec.level(), spec.statistics()), stft.bins());
        for (int segment = 0; segment < count; segment++) {
            set.analyse(segment, mixtures.apply(segment), transform, newest, stft.hopSamples());
        }
        return set;
    }

    /** Analyses a list of mixtures of one length. */
    public static FrameSet of(List<Mixer.Mixture> mixtures, FeatureSpec spec, StftSpec stft, boolean phase) {
        return of(mixtures::get, mixtures.size(), mixtures.get(0).speech().length, spec, stft, phase);
    }

    /** Fills the arrays of one segment. */
    private void analyse(int segment, Mixer.Mixture audio, Stft transform, FeatureExtractor newest, int hopSamples) {
        FeatureState state = newest.newState();
        float[] x = new float[2 * bins];
        float[] s = new float[2 * bins];
        double energy = 0;
        for (int hop = 0; hop < hops; hop++) {
            transform.analyse(audio.mixture(), hop * hopSamples, x, 0);
            transform.analyse(audio.speech(), hop * hopSamples, s, 0);
            newest.push(state, x, 0, frames[segment], hop * frameRows, 1);
            for (int bin = 0; bin < bins; bin++) {
                int at = hop * bins + bin;
                float magnitude = magnitude(x, bin);
                mixture[segment][at] = magnitude;
                speech[segment][at] = magnitude(s, bin);
                energy += (double) s[bin] * s[bin] + (double) s[bins + bin] * s[bins + bin];
                if (projected != null) {
                    float product = x[bin] * s[bin] + x[bins + bin] * s[bins + bin];
                    projected[segment][at] = magnitude > 0 ? product / magnitude : 0;
                }
            }
        }
        float scale = (float) (1 / Math.sqrt(Math.max(energy, MIN_ENERGY)));
        scale(mixture[segment], scale);
        scale(speech[segment], scale);
        if (projected != null) {
            scale(projected[segment], scale);
        }
    }

    private float magnitude(float[] spectrum, int bin) {
        float re = spectrum[bin];
        float im = spectrum[bins + bin];
        return (float) Math.sqrt(re * re + im * im);
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    /** Returns the number of mixtures. */
    public int segments() {
        return frames.length;
    }

    /** Returns the number of hops of one mixture. */
    public int hopsPerSegment() {
        return hops;
    }

    /** Returns the number of bins, the rows of a mask. */
    public int bins() {
        return bins;
    }

    /** Returns the number of input rows of the network, including the context. */
    public int inputRows() {
        return spec.inputRows(bins);
    }

    /** Returns whether phase-sensitive {@link Objective}s can be used. */
    public boolean hasPhase() {
        return projected != null;
    }

    /** Returns an empty batch with capacity for the given number of segments. */
    public FrameBatch newBatch(int segments) {
        return new FrameBatch(segments, hops, bins, inputRows());
    }

    /**
     * Fills a batch with segments, side by side. With fewer segments than the capacity of the batch, it has fewer
     * columns.
     *
     * @param segments indices of the segments
     * @param objective determines the target of the masks
     * @throws IllegalArgumentException if the objective is phase-sensitive and the set was made without phase
     */
    public void fill(FrameBatch batch, int[] segments, Objective objective) {
        if (objective.isPhaseSensitive() && projected == null) {
            throw new IllegalArgumentException(
                    "Objective " + objective + ": expected a frame set with phase, found one without.");
        }
        batch.segments = segments.length;
        batch.columns = segments.length * hops;
        float[][] target = objective.isPhaseSensitive() ? projected : speech;
        for (int i = 0; i < segments.length; i++) {
            fillInput(batch, i * hops, frames[segments[i]]);
            transposeInto(mixture[segments[i]], batch.mixture, i * hops, batch.columns);
            transposeInto(target[segments[i]], batch.target, i * hops, batch.columns);
        }
    }

    /** Stacks the context frames of each hop, oldest first. Frames before the start of the segment are zeros. */
    private void fillInput(FrameBatch batch, int firstColumn, float[] segment) {
        int context = spec.contextFrames();
        for (int age = 0; age < context; age++) {
            int firstRow = (context - 1 - age) * frameRows;
            for (int row = 0; row < frameRows; row++) {
                int at = (firstRow + row) * batch.columns + firstColumn;
                for (int hop = 0; hop < hops; hop++) {
                    batch.input[at + hop] = hop < age ? 0 : segment[(hop - age) * frameRows + row];
                }
            }
        }
    }

    private void transposeInto(float[] segment, float[] to, int firstColumn, int columns) {
        for (int bin = 0; bin < bins; bin++) {
            for (int hop = 0; hop < hops; hop++) {
                to[bin * columns + firstColumn + hop] = segment[hop * bins + bin];
            }
        }
    }
}
