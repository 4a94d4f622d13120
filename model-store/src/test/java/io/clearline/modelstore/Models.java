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
package io.clearline.modelstore;

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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** Small models for tests, one of each kind. Weights are random, of all magnitudes, and the same on every machine. */
final class Models {

    static final int BINS = 33;
    static final int ATOMS = 7;

    private static final StftSpec STFT = new StftSpec(64, 32);
    private static final List<Source> SOURCES = List.of(new Source("speech", 4), new Source("noise", 3));
    private static final long SEED = 20261124;

    private Models() {}

    /** Three layers and a read-out: the first two layers are tied, and the third sees a shorter context. */
    static EnhancementModel deepNmf(String name, String version) {
        SplittableRandom random = new SplittableRandom(SEED);
        Dictionary tied = dictionary(3 * BINS, random);
        Dictionary shorter = dictionary(BINS, random);
        NetworkParameters network = new DeepNmfParameters(
                SOURCES, 1.0 / 3, 0.1, List.of(tied, tied, shorter, dictionary(BINS, random)), weights(ATOMS, random));
        FeatureSpec features = new FeatureSpec(3, Optional.empty(), Optional.empty(), Optional.empty());
        return model(name, version, features, network, SdrCalibration.uncalibrated());
    }

    /** Two layers with one Gram matrix, over bands, level normalisation and statistics. */
    static EnhancementModel gram(String name, String version) {
        return gram(name, version, List.of());
    }

    /** As {@link #gram(String, String)}, with a memory in the second layer. */
    static EnhancementModel remembering(String name, String version) {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        return gram(
                name,
                version,
                List.of(new GramNmfParameters.Memory(
                        weights(ATOMS * ATOMS, random), weights(ATOMS * ATOMS, random), rates(random))));
    }

    /** A local network of two blocks over bands and statistics. */
    static EnhancementModel local(String name, String version) {
        SplittableRandom random = new SplittableRandom(SEED + 3);
        RowGroups groups = new RowGroups(6, 4, 4, 2);
        int channels = 5;
        FeatureSpec features = new FeatureSpec(
                1,
                Optional.of(BandMatrix.erb(6, BINS, 16000)),
                Optional.of(LevelNormalisation.standard()),
                Optional.of(SlowStatistics.standard()));
        NetworkParameters network = new LocalNmfParameters(
                SOURCES,
                groups,
                4,
                channels,
                signed(2 * 4 * 4 * channels, random),
                signed(4 * channels, random),
                List.of(block(groups, channels, random), block(groups, channels, random)),
                signed(2 * channels * ATOMS, random),
                signed(2 * ATOMS, random),
                List.of(dictionary(groups.width(), random), dictionary(groups.width(), random)),
                new float[] {0, 2.5f, 5, 9, 17, 30},
                weights(BINS, random));
        return model(name, version, features, network, SdrCalibration.uncalibrated());
    }

    private static LocalNmfParameters.Block block(RowGroups groups, int channels, SplittableRandom random) {
        int matrix = groups.sections() * channels * channels;
        return new LocalNmfParameters.Block(
                signed(matrix, random),
                signed(groups.sections() * channels, random),
                signed(matrix, random),
                signed(groups.sections() * channels, random),
                signed(groups.groups() * groups.groups(), random),
                signed(groups.groups() * channels, random),
                signed(matrix, random));
    }

    private static float[] signed(int length, SplittableRandom random) {
        float[] values = weights(length, random);
        for (int i = 1; i < length; i += 2) {
            values[i] = -values[i];
        }
        return values;
    }

    private static float[] rates(SplittableRandom random) {
        float[] rates = new float[ATOMS];
        for (int i = 0; i < ATOMS; i++) {
            rates[i] = (float) random.nextDouble();
        }
        return rates;
    }

    private static EnhancementModel gram(String name, String version, List<GramNmfParameters.Memory> memories) {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        BandMatrix bands = BandMatrix.erb(6, BINS, 16000);
        FeatureSpec features = new FeatureSpec(
                2,
                Optional.of(bands),
                Optional.of(LevelNormalisation.standard()),
                Optional.of(SlowStatistics.standard()));
        float[] tiedGram = weights(ATOMS * ATOMS, random);
        NetworkParameters network = new GramNmfParameters(
                SOURCES,
                dictionary(features.inputRows(BINS), random),
                List.of(weights(ATOMS, random), weights(ATOMS, random)),
                List.of(tiedGram, tiedGram),
                weights(2, random),
                memories,
                dictionary(BINS, random),
                weights(ATOMS, random));
        SdrCalibration calibration = new SdrCalibration(
                new SdrCalibration.Line(0.9, -1.0 / 3, -20, 30),
                new SdrCalibration.Line(1.1, 0.7, -25, 35),
                -2.5,
                Math.PI);
        return model(name, version, features, network, calibration);
    }

    /** Compares field by field and bit by bit; the default of AssertJ tolerates small differences of floats. */
    static RecursiveComparisonConfiguration toTheBit() {
        return RecursiveComparisonConfiguration.builder()
                .withComparatorForType(Comparator.comparing(Float::floatToRawIntBits), Float.class)
                .withComparatorForType(Comparator.comparing(Double::doubleToRawLongBits), Double.class)
                .build();
    }

    static Provenance provenance() {
        Map<String, Object> scores = new LinkedHashMap<>();
        scores.put("testSet", "60 mixtures, -6..9 dB");
        scores.put("sdrGainDb", 6.8);
        scores.put("bySnr", List.of(Map.of("snrDb", -6, "sdrGainDb", 8.25)));
        return new Provenance(
                Map.of("speech", List.of("corpus (CC-BY-SA)")),
                Map.of("steps", 4000, "seed", 1, "tied", false),
                scores);
    }

    private static EnhancementModel model(
            String name, String version, FeatureSpec features, NetworkParameters network, SdrCalibration calibration) {
        return new EnhancementModel(new ModelId(name, version), 16000, STFT, features, network, calibration);
    }

    private static Dictionary dictionary(int rows, SplittableRandom random) {
        return new Dictionary(rows, ATOMS, weights(rows * ATOMS, random));
    }

    /** Returns weights that include zero, denormal, ordinary and huge values. */
    private static float[] weights(int length, SplittableRandom random) {
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            weights[i] = Float.intBitsToFloat(random.nextInt(Float.floatToIntBits(Float.MAX_VALUE) + 1));
        }
        weights[0] = 0;
        weights[length - 1] = Float.MIN_VALUE;
        return weights;
    }
}
