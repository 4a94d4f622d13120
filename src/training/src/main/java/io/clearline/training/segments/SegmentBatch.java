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
package io.clearline.training.segments;

import io.clearline.dsp.Stft;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.features.FeatureExtractor;
import io.clearline.inference.features.FeatureState;
import io.clearline.training.Recipe;
import io.clearline.training.mixing.Mixer;

/**
 * A batch of mixtures, with their hops side by side as columns: the input of the network, and the values that the loss
 * needs of X and S, the STFTs of mixture and speech. Reusable; confined to one thread at a time.
 */
public final class SegmentBatch {
    /**
     * Duration of the start of a segment, whose errors have the weight {@link io.clearline.training.LossTerms#start}.
     */
    private static final double START_SECONDS = 0.25;

    private final Recipe recipe;
    private final int firstSegment;
    private final int segments;
    private final int hopsPerSegment;
    private final int columns;
    private final Stft stft;
    private final FeatureExtractor features;
    private final float[] speechSpectrum;
    private final float[] mixtureSpectrum;

    /** Input of the network, {@code [inputRows x columns]}. */
    private final float[] input;
    /** |X|^2, {@code [bins x columns]}. */
    final float[] mixturePower;
    /** Re(X S*), {@code [bins x columns]}. */
    final float[] cross;
    /** |S|^2, {@code [bins x columns]}. */
    final float[] speechPower;
    /** Weight of the errors of each hop of a segment. */
    final float[] hopWeights;
    /** Weighted sum of |S|^2 of each segment. */
    final double[] speechEnergy;
    /** Weighted sum of |X|^2 of each segment. */
    final double[] mixtureEnergy;

    /** Creates a batch for all segments of a step. */
    public SegmentBatch(Recipe recipe) {
        this(recipe, 0, recipe.segments());
    }

    /** Creates a batch for some segments of a step. */
    SegmentBatch(Recipe recipe, int firstSegment, int segments) {
        this.recipe = recipe;
        this.firstSegment = firstSegment;
        this.segments = segments;
        StftSpec spec = recipe.stft();
        hopsPerSegment = (recipe.segmentSamples() - spec.windowSamples()) / spec.hopSamples() + 1;
        columns = hopsPerSegment * segments;
        stft = new Stft(spec);
        features = new FeatureExtractor(recipe.features(), spec.bins());
        speechSpectrum = new float[2 * spec.bins()];
        mixtureSpectrum = new float[2 * spec.bins()];
        input = new float[features.inputRows() * columns];
        mixturePower = new float[spec.bins() * columns];
        cross = new float[spec.bins() * columns];
        speechPower = new float[spec.bins() * columns];
        hopWeights = new float[hopsPerSegment];
        double startHops = START_SECONDS * recipe.sampleRateHz() / spec.hopSamples();
        for (int hop = 0; hop < hopsPerSegment; hop++) {
            hopWeights[hop] = hop < startHops ? (float) recipe.method().loss().start() : 1;
        }
        speechEnergy = new double[segments];
        mixtureEnergy = new double[segments];
    }

    /** Returns the input of the network, {@code [inputRows x columns]}. Callers must not modify it. */
    public float[] input() {
        return input;
    }

    /** Returns the number of hops of all segments. */
    public int columns() {
        return columns;
    }

    /** Returns the number of hops of one segment. */
    public int hopsPerSegment() {
        return hopsPerSegment;
    }

    /** Draws the mixtures of a step and fills the batch with them. */
    public void fill(Mixer mixer, long step) {
        for (int segment = 0; segment < segments; segment++) {
            long index = step * recipe.segments() + firstSegment + segment;
            fill(segment, mixer.draw(index, recipe.segmentSamples()));
        }
    }

    /** Fills one segment with a mixture. */
    public void fill(int segment, Mixer.Mixture mixture) {
        FeatureState state = features.newState();
        int bins = recipe.stft().bins();
        double speechSum = 0;
        double mixtureSum = 0;
        for (int hop = 0; hop < hopsPerSegment; hop++) {
            int column = segment * hopsPerSegment + hop;
            stft.analyse(mixture.speech(), hop * recipe.hopSamples(), speechSpectrum, 0);
            stft.analyse(mixture.mixture(), hop * recipe.hopSamples(), mixtureSpectrum, 0);
            features.push(state, mixtureSpectrum, 0, input, column, columns);
            for (int bin = 0; bin < bins; bin++) {
                float re = mixtureSpectrum[bin];
                float im = mixtureSpectrum[bins + bin];
                float speechRe = speechSpectrum[bin];
                float speechIm = speechSpectrum[bins + bin];
                float power = re * re + im * im;
                float ofSpeech = speechRe * speechRe + speechIm * speechIm;
                mixturePower[bin * columns + column] = power;
                cross[bin * columns + column] = re * speechRe + im * speechIm;
                speechPower[bin * columns + column] = ofSpeech;
                speechSum += hopWeights[hop] * ofSpeech;
                mixtureSum += hopWeights[hop] * power;
            }
        }
        speechEnergy[segment] = Math.max(speechSum, 1e-6);
        mixtureEnergy[segment] = Math.max(mixtureSum, 1e-6);
    }
}
