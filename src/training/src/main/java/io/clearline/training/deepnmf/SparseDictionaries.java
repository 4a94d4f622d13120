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
package io.clearline.training.deepnmf;

import io.clearline.dsp.Stft;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.features.FeatureExtractor;
import io.clearline.inference.features.FeatureState;
import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.Source;
import io.clearline.training.mixing.Mixer;
import io.clearline.training.nmf.KlNmf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The initial dictionaries of deep NMF, before discriminative training (C = 0). The dictionaries of speech and noise
 * are learnt by sparse NMF on clean signals of each source. With them the network equals sparse NMF inference, stopped
 * after K iterations. Not thread-safe.
 */
public final class SparseDictionaries {
    private static final float INITIAL_ACTIVATION = 0.1f;

    private final Settings settings;
    private final MatrixProducts products;

    /**
     * Settings of the learning of dictionaries.
     *
     * @param stft of the model
     * @param spec features without statistics, whose context is the longest that a slot can have
     * @param tiedContextFrames context of the dictionary that the activations are learnt with
     * @param atomsPerSource R, the number of atoms of each source
     * @param sparsity mu
     * @param frames number of frames of each source that are learnt from
     * @param iterations number of NMF iterations
     * @param seed of the initial values
     */
    public record Settings(
            StftSpec stft,
            FeatureSpec spec,
            int tiedContextFrames,
            int atomsPerSource,
            double sparsity,
            int frames,
            int iterations,
            long seed) {}

    /** Dictionaries of speech and noise. Those over the longest context are learnt only if a network needs them. */
    private final List<Part> parts;

    private Dictionary longest;
    private final Dictionary tied;
    private final Dictionary readOut;

    /**
     * Learns the dictionaries.
     *
     * @param mixtures returns the mixture of each index below {@code count}
     * @param count number of mixtures
     * @throws IllegalArgumentException if the mixtures have too few frames, or if the features are bands
     */
    public SparseDictionaries(
            Settings settings, IntFunction<Mixer.Mixture> mixtures, int count, MatrixProducts products) {
        this.settings = settings;
        this.products = products;
        Part speech = learn(mixtures, count, true);
        Part noise = learn(mixtures, count, false);
        tied = joined(speech.tied, noise.tied);
        parts = List.of(speech, noise);
        int bins = settings.stft.bins();
        if (settings.spec.frameRows(bins) != bins) {
            throw new IllegalArgumentException("Deep NMF: expected the STFT bins as features, because the read-out is"
                    + " part of the dictionary; found " + settings.spec.frameRows(bins) + " bands.");
        }
        readOut = newest(tied, bins);
    }

    /**
     * The dictionaries of one source, {@code [rows x atomsPerSource]}.
     *
     * @param tied over the tied context
     * @param longest learns the dictionary over the longest context, with the same activations
     */
    private record Part(float[] tied, Supplier<float[]> longest) {}

    /**
     * Returns the untrained network. Its slots share one dictionary; the read-out is the newest frame of it.
     *
     * @param iterations K
     */
    public DeepNmfParameters network(int iterations) {
        List<Dictionary> slots = new ArrayList<>(Collections.nCopies(iterations, tied));
        slots.add(readOut);
        float[] initial = new float[2 * settings.atomsPerSource];
        Arrays.fill(initial, INITIAL_ACTIVATION);
        return new DeepNmfParameters(
                List.of(new Source("speech", settings.atomsPerSource), new Source("noise", settings.atomsPerSource)),
                1,
                settings.sparsity,
                slots,
                initial);
    }

    /**
     * Returns the initial network for the training of C slots: {@link #network(int)} with another context in the
     * trained layers.
     *
     * @param iterations K
     * @param trainedSlots C
     * @param untiedContextFrames context of the trained layers
     */
    public DeepNmfParameters network(int iterations, int trainedSlots, int untiedContextFrames) {
        DeepNmfParameters plain = network(iterations);
        List<Dictionary> slots = new ArrayList<>(plain.slots());
        if (trainedSlots < 2) {
            return plain;
        }
        Dictionary untied = newest(longest(), untiedContextFrames * settings.stft.bins());
        for (int k = iterations + 1 - trainedSlots; k < iterations; k++) {
            slots.set(k, untied);
        }
        return new DeepNmfParameters(plain.sources(), 1, settings.sparsity, slots, plain.initialActivations());
    }

    private Dictionary longest() {
        if (longest == null) {
            longest = joined(parts.get(0).longest.get(), parts.get(1).longest.get());
        }
        return longest;
    }

    private Part learn(IntFunction<Mixer.Mixture> mixtures, int count, boolean speech) {
        int bins = settings.stft.bins();
        int rows = settings.spec.inputRows(bins);
        int tiedRows = settings.tiedContextFrames * bins;
        float[] data = collect(mixtures, count, speech, rows);
        float[] tiedData = Arrays.copyOfRange(data, (rows - tiedRows) * settings.frames, rows * settings.frames);
        KlNmf nmf = new KlNmf(
                products,
                tiedData,
                tiedRows,
                settings.frames,
                settings.atomsPerSource,
                (float) settings.sparsity,
                settings.seed + (speech ? 1 : 2));
        nmf.iterate(settings.iterations);
        float[] dictionary = nmf.dictionary();
        return new Part(
                dictionary, () -> rows == tiedRows ? dictionary : nmf.dictionaryFor(data, rows, settings.iterations));
    }

    /** Collects feature columns of one source, {@code [rows x frames]}, spread evenly over the mixtures. */
    private float[] collect(IntFunction<Mixer.Mixture> mixtures, int count, boolean speech, int rows) {
        Stft stft = new Stft(settings.stft);
        FeatureExtractor extractor = new FeatureExtractor(settings.spec, settings.stft.bins());
        float[] spectrum = new float[2 * settings.stft.bins()];
        float[] column = new float[rows];
        float[] data = new float[rows * settings.frames];
        int perMixture = (settings.frames + count - 1) / count;
        int frame = 0;
        for (int index = 0; index < count && frame < settings.frames; index++) {
            float[] source = source(mixtures.apply(index), speech);
            FeatureState state = extractor.newState();
            int hops = (source.length - settings.stft.windowSamples()) / settings.stft.hopSamples() + 1;
            int stride = Math.max(1, hops / perMixture);
            for (int hop = 0; hop < hops; hop++) {
                stft.analyse(source, hop * settings.stft.hopSamples(), spectrum, 0);
                extractor.push(state, spectrum, 0, column, 0, 1);
                if (hop % stride == stride - 1 && frame < settings.frames) {
                    for (int row = 0; row < rows; row++) {
                        data[row * settings.frames + frame] = column[row];
                    }
                    frame++;
                }
            }
        }
        if (frame < settings.frames) {
            throw new IllegalArgumentException(
                    "Expected mixtures with " + settings.frames + " frames in total for the dictionaries, found "
                            + count + " mixtures with " + frame + " frames. Use more or longer mixtures.");
        }
        return data;
    }

    private static float[] source(Mixer.Mixture mixture, boolean speech) {
        if (speech) {
            return mixture.speech();
        }
        float[] noise = mixture.mixture().clone();
        for (int i = 0; i < noise.length; i++) {
            noise[i] -= mixture.speech()[i];
        }
        return noise;
    }

    /** Returns the last rows of a dictionary, those of the newest frames. */
    private static Dictionary newest(Dictionary dictionary, int rows) {
        int all = dictionary.weights().length;
        return rows == dictionary.rows()
                ? dictionary
                : new Dictionary(
                        rows,
                        dictionary.atoms(),
                        Arrays.copyOfRange(dictionary.weights(), all - rows * dictionary.atoms(), all));
    }

    /** Puts the atoms of both sources side by side, speech first. */
    private Dictionary joined(float[] speech, float[] noise) {
        int atoms = settings.atomsPerSource;
        int rows = speech.length / atoms;
        float[] weights = new float[rows * 2 * atoms];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(speech, row * atoms, weights, row * 2 * atoms, atoms);
            System.arraycopy(noise, row * atoms, weights, row * 2 * atoms + atoms, atoms);
        }
        return new Dictionary(rows, 2 * atoms, weights);
    }
}
