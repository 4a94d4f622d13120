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
 * Deep NMF before any discriminative training (C = 0): dictionaries of speech and of noise, each learnt by sparse NMF
 * on its own source alone. The untrained network is then the algorithm, stopped after K iterations.
 */
public final class SparseDictionaries {
    private static final float INITIAL_ACTIVATION = 0.1f;

    private final Settings settings;
    private final MatrixProducts products;

    /**
     * How dictionaries are learnt.
     *
     * @param spec features without statistics; their context is the longest that a slot can have
     * @param tiedContextFrames of the dictionary that the activations are learnt with
     * @param atomsPerSource R, as many of the speech as of the noise
     * @param sparsity mu
     * @param frames of each source
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

    /** Speech and noise; the dictionary over the longest context is made when a network asks for it. */
    private final List<Part> parts;

    private Dictionary longest;
    private final Dictionary tied;
    private final Dictionary readOut;

    /**
     * Learns.
     *
     * @param mixtures gives the mixture of each index below {@code count}
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
            throw new IllegalArgumentException("Deep NMF reads the target frame out of its dictionary: its features are"
                    + " the bins themselves, not " + settings.spec.frameRows(bins) + " bands.");
        }
        readOut = newest(tied, bins);
    }

    /** The dictionaries of one source, {@code [rows x atomsPerSource]}. */
    private record Part(float[] tied, Supplier<float[]> longest) {}

    /**
     * The network of so many iterations with all slots tied, and the read-out their newest frame.
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

    /** As {@link #network(int)}, with another context in the last layers: what a training of C slots starts from. */
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

    /** Columns of one source, {@code [rows x frames]}, spread evenly over the mixtures. */
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
                    count + " mixtures have " + frame + " frames, the dictionaries need " + settings.frames + ".");
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

    private static Dictionary newest(Dictionary dictionary, int rows) {
        int all = dictionary.weights().length;
        return rows == dictionary.rows()
                ? dictionary
                : new Dictionary(
                        rows,
                        dictionary.atoms(),
                        Arrays.copyOfRange(dictionary.weights(), all - rows * dictionary.atoms(), all));
    }

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
