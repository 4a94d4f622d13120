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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.features.FeatureExtractor;
import io.clearline.inference.features.FeatureState;
import io.clearline.inference.model.BandMatrix;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.model.SlowStatistics;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RebandedTest {
    private static final int BINS = 65;
    private static final int ATOMS = 4;

    @Test
    void aFlatSpectrumGivesTheSameProductsOnOtherBands() {
        FeatureSpec from = features(BandMatrix.erb(16, BINS, 16_000));
        FeatureSpec to = features(BandMatrix.binsThenErb(16, 8, BINS, 16_000));
        GramNmfParameters network = network(from);

        GramNmfParameters moved = Rebanded.of(network, from, to);

        assertThat(moved.inputRows()).isEqualTo(to.inputRows(BINS));
        float[] before = products(network, from);
        float[] after = products(moved, to);
        for (int atom = 0; atom < ATOMS; atom++) {
            assertThat(after[atom]).isCloseTo(before[atom], within(1e-3f * before[atom]));
        }
    }

    @Test
    void everythingButTheInferenceDictionaryStays() {
        FeatureSpec from = features(BandMatrix.erb(16, BINS, 16_000));
        GramNmfParameters network = network(from);

        GramNmfParameters moved = Rebanded.of(network, from, features(BandMatrix.binsThenErb(16, 8, BINS, 16_000)));

        assertThat(moved.grams()).isEqualTo(network.grams());
        assertThat(moved.readOut()).isEqualTo(network.readOut());
    }

    @Test
    void anotherContextIsRefused() {
        FeatureSpec from = features(BandMatrix.erb(16, BINS, 16_000));
        FeatureSpec to = new FeatureSpec(3, from.bands(), from.level(), from.statistics());

        assertThatThrownBy(() -> Rebanded.of(network(from), from, to)).hasMessageContaining("2 frames");
    }

    private static FeatureSpec features(BandMatrix bands) {
        return new FeatureSpec(
                2,
                Optional.of(bands),
                Optional.of(LevelNormalisation.standard()),
                Optional.of(SlowStatistics.standard()));
    }

    private static GramNmfParameters network(FeatureSpec features) {
        SplittableRandom random = new SplittableRandom(1);
        int rows = features.inputRows(BINS);
        return new GramNmfParameters(
                List.of(new Source("speech", 2), new Source("noise", 2)),
                new Dictionary(rows, ATOMS, random(random, rows * ATOMS)),
                List.of(random(random, ATOMS)),
                List.of(random(random, ATOMS * ATOMS)),
                random(random, 1),
                List.of(),
                new Dictionary(BINS, ATOMS, random(random, BINS * ATOMS)),
                random(random, ATOMS));
    }

    private static float[] random(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(0.1, 1);
        }
        return values;
    }

    /** W^T x after two hops of a flat spectrum. */
    private static float[] products(GramNmfParameters network, FeatureSpec spec) {
        FeatureExtractor features = new FeatureExtractor(spec, BINS);
        float[] magnitudes = new float[BINS];
        Arrays.fill(magnitudes, 0.5f);
        float[] column = new float[features.inputRows()];
        FeatureState state = features.newState();
        features.pushMagnitudes(state, magnitudes, 0, column, 0, 1);
        features.pushMagnitudes(state, magnitudes, 0, column, 0, 1);
        float[] products = new float[ATOMS];
        for (int row = 0; row < column.length; row++) {
            for (int atom = 0; atom < ATOMS; atom++) {
                products[atom] += network.inference().at(row, atom) * column[row];
            }
        }
        return products;
    }
}
