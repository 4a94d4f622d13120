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
package io.clearline.training.gram;

import io.clearline.dsp.Stft;
import io.clearline.inference.features.FeatureExtractor;
import io.clearline.inference.features.FeatureState;
import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.training.Recipe;
import io.clearline.training.mixing.Mixer;
import io.clearline.training.nmf.KlNmf;
import java.util.Arrays;

/**
 * Computes the initial weights of a Gram network. Dictionaries of speech and noise are learnt by sparse NMF on the
 * features of the model, so that the untrained network approximates the algorithm from which it was unfolded. In
 * experiments this start gained most of a decibel over random initial values.
 */
final class SparseStart {
    /** Number of frames of each source that are learnt from. */
    private static final int FRAMES = 6_000;

    private static final int ITERATIONS = 50;
    private static final int READ_OUT_ITERATIONS = 30;
    private static final float SPARSITY = 0.1f;
    private static final float INITIAL_ACTIVATION = 0.1f;

    private final Recipe recipe;
    private final MatrixProducts products;
    private final FeatureSpec featureSpec;
    private final int contextRows;

    SparseStart(Recipe recipe, MatrixProducts products) {
        this.recipe = recipe;
        this.products = products;
        featureSpec = recipe.features();
        contextRows = featureSpec.frameRows(recipe.stft().bins()) * recipe.contextFrames();
    }

    /** Returns the logarithms of the initial weights. */
    float[] weights(Mixer mixer) {
        GramWeights shape = new GramWeights(recipe);
        float[] inference = new float[shape.inputRows * shape.atoms];
        float[] readOut = new float[shape.bins * shape.atoms];
        learn(mixer, true, shape, inference, readOut);
        learn(mixer, false, shape, inference, readOut);
        return shape.start(inference, readOut, SPARSITY, INITIAL_ACTIVATION);
    }

    /** Learns the dictionaries of one source and copies them to its columns. */
    private void learn(Mixer mixer, boolean speech, GramWeights shape, float[] inference, float[] readOut) {
        int bins = shape.bins;
        float[] features = new float[contextRows * FRAMES];
        float[] magnitudes = new float[bins * FRAMES];
        collect(mixer, speech, features, magnitudes);
        int atoms = speech ? recipe.speechAtoms() : recipe.noiseAtoms();
        int firstAtom = speech ? 0 : recipe.speechAtoms();
        KlNmf nmf =
                new KlNmf(products, features, contextRows, FRAMES, atoms, SPARSITY, recipe.seed() + (speech ? 1 : 2));
        nmf.iterate(ITERATIONS);
        copyColumns(nmf.dictionary(), contextRows, atoms, inference, shape.atoms, firstAtom);
        copyColumns(
                nmf.dictionaryFor(magnitudes, bins, READ_OUT_ITERATIONS), bins, atoms, readOut, shape.atoms, firstAtom);
        copyStatistics(inference, shape, firstAtom, atoms);
    }

    /**
     * Initialises the rows of the statistics with those of the target frame, because statistics are means of frames.
     */
    private void copyStatistics(float[] inference, GramWeights shape, int firstAtom, int atoms) {
        int frameRows = contextRows / recipe.contextFrames();
        for (int row = contextRows; row < shape.inputRows; row++) {
            int source = contextRows - frameRows + (row - contextRows) % frameRows;
            System.arraycopy(
                    inference, source * shape.atoms + firstAtom, inference, row * shape.atoms + firstAtom, atoms);
        }
    }

    private static void copyColumns(float[] from, int rows, int columns, float[] to, int toColumns, int firstColumn) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, row * columns, to, row * toColumns + firstColumn, columns);
        }
    }

    /**
     * Collects the features, {@code [contextRows x frames]}, and the level-normalised magnitudes, {@code [bins x
     * frames]}, of one source.
     */
    private void collect(Mixer mixer, boolean speech, float[] features, float[] magnitudes) {
        int bins = recipe.stft().bins();
        Stft stft = new Stft(recipe.stft());
        FeatureExtractor extractor = new FeatureExtractor(featureSpec, bins);
        float[] spectrum = new float[2 * bins];
        float[] column = new float[extractor.inputRows()];
        int frame = 0;
        // Training steps draw only indices from zero.
        for (long index = -1; frame < FRAMES; index--) {
            Mixer.Mixture mixture = mixer.draw(index, recipe.segmentSamples());
            float[] source = speech ? mixture.speech() : difference(mixture.mixture(), mixture.speech());
            FeatureState state = extractor.newState();
            for (int at = 0;
                    at + recipe.windowSamples() <= source.length && frame < FRAMES;
                    at += recipe.hopSamples()) {
                stft.analyse(source, at, spectrum, 0);
                extractor.push(state, spectrum, 0, column, 0, 1);
                // Every fourth hop is enough, because consecutive hops are similar.
                if (at / recipe.hopSamples() % 4 == 3) {
                    for (int row = 0; row < contextRows; row++) {
                        features[row * FRAMES + frame] = column[row];
                    }
                    normalisedMagnitudes(spectrum, column, magnitudes, frame);
                    frame++;
                }
            }
        }
    }

    /** Scales magnitudes so that the sum over the bands of the target frame is the same as in the features. */
    private void normalisedMagnitudes(float[] spectrum, float[] column, float[] magnitudes, int frame) {
        int bins = recipe.stft().bins();
        int frameRows = contextRows / recipe.contextFrames();
        double featureSum = 0;
        for (int row = contextRows - frameRows; row < contextRows; row++) {
            featureSum += column[row];
        }
        float[] plain = new float[bins];
        for (int bin = 0; bin < bins; bin++) {
            plain[bin] = (float) Math.hypot(spectrum[bin], spectrum[bins + bin]);
        }
        double sum = featureSpec
                .bands()
                .map(bands -> bandSum(bands.weights(), plain))
                .orElseGet(() -> total(plain));
        float scale = (float) (featureSum / Math.max(sum, 1e-9));
        for (int bin = 0; bin < bins; bin++) {
            magnitudes[bin * FRAMES + frame] = plain[bin] * scale + 1e-5f;
        }
    }

    private static double bandSum(float[] weights, float[] magnitudes) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * magnitudes[i % magnitudes.length];
        }
        return sum;
    }

    private static double total(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static float[] difference(float[] a, float[] b) {
        float[] difference = Arrays.copyOf(a, a.length);
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }
}
