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
package io.clearline.inference;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.BandMatrix;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.model.SlowStatistics;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.NetworkParameters;
import io.clearline.inference.network.RowGroups;
import io.clearline.inference.network.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Networks and models with seeded random weights, for tests that do not depend on quality. */
public final class TestModels {

    private TestModels() {}

    /** Returns a deep NMF network. The last layer has its own slot, and the others are tied. */
    public static DeepNmfParameters deepNmf(int inputRows, int bins, int speech, int noise, int layers, double beta) {
        SplittableRandom random = new SplittableRandom(7);
        int atoms = speech + noise;
        Dictionary tied = dictionary(random, inputRows, atoms);
        List<Dictionary> slots = new ArrayList<>();
        for (int k = 0; k < layers - 1; k++) {
            slots.add(tied);
        }
        slots.add(dictionary(random, Math.min(bins, inputRows), atoms));
        slots.add(dictionary(random, bins, atoms));
        float[] initial = random(random, atoms, 0.5, 1);
        return new DeepNmfParameters(sources(speech, noise), beta, 0.2, slots, initial);
    }

    public static GramNmfParameters gram(int inputRows, int bins, int speech, int noise, int layers) {
        return gram(inputRows, bins, speech, noise, layers, false);
    }

    /** Returns a Gram network. With memory, all layers after the first have one. */
    public static GramNmfParameters gram(
            int inputRows, int bins, int speech, int noise, int layers, boolean remembering) {
        SplittableRandom random = new SplittableRandom(11);
        int atoms = speech + noise;
        List<float[]> scales = new ArrayList<>();
        List<float[]> grams = new ArrayList<>();
        for (int k = 0; k < layers; k++) {
            scales.add(random(random, atoms, 0.5, 1.5));
            grams.add(random(random, atoms * atoms, 0, 2.0 / atoms));
        }
        float[] sparsity = random(random, layers, 0, 1);
        List<GramNmfParameters.Memory> memories = new ArrayList<>();
        for (int k = 1; k < layers && remembering; k++) {
            memories.add(new GramNmfParameters.Memory(
                    random(random, atoms * atoms, 0, 1.0 / atoms),
                    random(random, atoms * atoms, 0, 1.0 / atoms),
                    random(random, atoms, 0, 0.5)));
        }
        return new GramNmfParameters(
                sources(speech, noise),
                dictionary(random, inputRows, atoms),
                scales,
                grams,
                sparsity,
                memories,
                dictionary(random, bins, atoms),
                random(random, atoms, 0.5, 1));
    }

    /** Returns a local network. */
    public static LocalNmfParameters localNmf(RowGroups groups, int kinds, int bins, int channels, int blocks) {
        SplittableRandom random = new SplittableRandom(13);
        int count = groups.groups();
        int sections = groups.sections();
        int matrix = sections * channels * channels;
        double even = 1.5 / Math.sqrt(channels);
        List<LocalNmfParameters.Block> made = new ArrayList<>();
        for (int k = 0; k < blocks; k++) {
            made.add(new LocalNmfParameters.Block(
                    random(random, matrix, -even, even),
                    random(random, sections * channels, -4, 1),
                    random(random, matrix, -even, even),
                    random(random, sections * channels, -even, even),
                    random(random, count * count, -0.3, 0.3),
                    random(random, count * channels, -0.3, 0.3),
                    random(random, matrix, -even, even)));
        }
        float[] rowBins = new float[groups.rows()];
        for (int row = 0; row < rowBins.length; row++) {
            rowBins[row] = row * (bins - 1f) / groups.rows();
        }
        List<Dictionary> dictionaries = new ArrayList<>();
        for (int section = 0; section < sections; section++) {
            dictionaries.add(dictionary(random, groups.width(), 9));
        }
        return new LocalNmfParameters(
                sources(5, 4),
                groups,
                kinds,
                channels,
                random(random, sections * kinds * groups.width() * channels, -0.5, 0.5),
                random(random, count * channels, -0.5, 0.5),
                made,
                random(random, sections * channels * 9, -even, even),
                random(random, sections * 9, -even, even),
                dictionaries,
                rowBins,
                random(random, bins, 0.5, 1.5));
    }

    /** Returns a model with a local network over bands with statistics. */
    public static EnhancementModel localModel(StftSpec stft) {
        FeatureSpec features = new FeatureSpec(
                1,
                Optional.of(BandMatrix.erb(24, stft.bins(), 16_000)),
                Optional.of(LevelNormalisation.standard()),
                Optional.of(SlowStatistics.standard()));
        return model(stft, features, localNmf(new RowGroups(24, 8, 6, 2), 4, stft.bins(), 10, 2));
    }

    /** Returns a model with a Gram network over bands with statistics. */
    public static EnhancementModel bandModel(StftSpec stft) {
        return bandModel(stft, false);
    }

    /** Returns the same model with memory. */
    public static EnhancementModel rememberingModel(StftSpec stft) {
        return bandModel(stft, true);
    }

    private static EnhancementModel bandModel(StftSpec stft, boolean remembering) {
        FeatureSpec features = new FeatureSpec(
                3,
                Optional.of(BandMatrix.erb(24, stft.bins(), 16_000)),
                Optional.of(LevelNormalisation.standard()),
                Optional.of(SlowStatistics.standard()));
        return model(stft, features, gram(features.inputRows(stft.bins()), stft.bins(), 12, 9, 3, remembering));
    }

    /** Returns a model with a Kullback-Leibler network over bins. */
    public static EnhancementModel binModel(StftSpec stft) {
        FeatureSpec features =
                new FeatureSpec(2, Optional.empty(), Optional.of(LevelNormalisation.standard()), Optional.empty());
        return model(stft, features, deepNmf(features.inputRows(stft.bins()), stft.bins(), 7, 6, 3, 1));
    }

    /** Returns a model whose mask is about 1 for every sound, because all atoms except a weak one are speech. */
    public static EnhancementModel passThrough(StftSpec stft) {
        FeatureSpec features = new FeatureSpec(1, Optional.empty(), Optional.empty(), Optional.empty());
        float[] weights = new float[stft.bins() * 2];
        for (int row = 0; row < stft.bins(); row++) {
            weights[2 * row] = 1;
        }
        Dictionary dictionary = new Dictionary(stft.bins(), 2, weights);
        float[] initial = {1, 1};
        return model(
                stft, features, new DeepNmfParameters(sources(1, 1), 1, 0, List.of(dictionary, dictionary), initial));
    }

    public static EnhancementModel model(StftSpec stft, FeatureSpec features, NetworkParameters network) {
        return new EnhancementModel(
                new ModelId("test", "1"), 16_000, stft, features, network, SdrCalibration.uncalibrated());
    }

    public static List<Source> sources(int speech, int noise) {
        return List.of(new Source("speech", speech), new Source("noise", noise));
    }

    private static Dictionary dictionary(SplittableRandom random, int rows, int atoms) {
        return new Dictionary(rows, atoms, random(random, rows * atoms, 0, 1));
    }

    public static float[] random(SplittableRandom random, int length, double least, double most) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (least + (most - least) * random.nextDouble());
        }
        return values;
    }

    /** Returns an array with the same value in every entry. */
    public static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
