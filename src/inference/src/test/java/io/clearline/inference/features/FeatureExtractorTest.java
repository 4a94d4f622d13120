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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.TestModels;
import io.clearline.inference.model.BandMatrix;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.model.SlowStatistics;
import io.clearline.testkit.Allocation;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureExtractorTest {

    private static final int BINS = 129;

    private final FeatureSpec everything = new FeatureSpec(
            3,
            Optional.of(BandMatrix.erb(20, BINS, 8_000)),
            Optional.of(LevelNormalisation.standard()),
            Optional.of(SlowStatistics.standard()));

    @Test
    void stacksTheContextOldestFirstWithZerosBeforeTheStart() {
        FeatureExtractor features =
                new FeatureExtractor(new FeatureSpec(3, Optional.empty(), Optional.empty(), Optional.empty()), 2);
        FeatureState state = features.newState();
        float[] column = new float[6];
        features.pushMagnitudes(state, new float[] {1, 2}, 0, column, 0, 1);
        assertThat(column).containsExactly(0, 0, 0, 0, 1, 2);
        features.pushMagnitudes(state, new float[] {3, 4}, 0, column, 0, 1);
        features.pushMagnitudes(state, new float[] {5, 6}, 0, column, 0, 1);
        features.pushMagnitudes(state, new float[] {7, 8}, 0, column, 0, 1);
        assertThat(column).containsExactly(3, 4, 5, 6, 7, 8);
    }

    @Test
    void takesMagnitudesOfTheSpectrum() {
        FeatureExtractor features =
                new FeatureExtractor(new FeatureSpec(1, Optional.empty(), Optional.empty(), Optional.empty()), 2);
        float[] column = new float[4];
        features.push(features.newState(), new float[] {9, 3, 0, 4, -2}, 1, column, 1, 2);
        assertThat(column).containsExactly(0, 5, 0, 2);
    }

    @Test
    void everyBandIsAMeanOfItsBins() {
        BandMatrix bands = BandMatrix.erb(20, BINS, 8_000);
        for (int band = 0; band < 20; band++) {
            float sum = 0;
            for (int bin = 0; bin < BINS; bin++) {
                sum += bands.weights()[band * BINS + bin];
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void aLouderStreamGivesTheSameInput() {
        float[] quiet = lastColumn(1);
        float[] loud = lastColumn(64);
        for (int row = 0; row < quiet.length; row++) {
            assertThat(loud[row]).isCloseTo(quiet[row], within(1e-5f));
        }
    }

    @Test
    void theFloorFallsFastAndRisesSlowly() {
        FeatureExtractor features = new FeatureExtractor(
                new FeatureSpec(1, Optional.empty(), Optional.empty(), Optional.of(SlowStatistics.standard())), 1);
        FeatureState state = features.newState();
        float[] column = new float[4];
        pushConstant(features, state, 1, 50, column);
        assertThat(column[3]).isCloseTo(1, within(1e-3f));
        pushConstant(features, state, 0.1f, 30, column);
        assertThat(column[3]).isLessThan(0.12f);
        pushConstant(features, state, 1, 30, column);
        assertThat(column[3]).isLessThan(0.2f);
        pushConstant(features, state, 1, 400, column);
        assertThat(column[3]).isCloseTo(1, within(1e-2f));
    }

    @Test
    void theRowsOfTheStatisticsFollowTheContext() {
        FeatureExtractor features = new FeatureExtractor(
                new FeatureSpec(2, Optional.empty(), Optional.empty(), Optional.of(SlowStatistics.meansOnly())), 1);
        FeatureState state = features.newState();
        float[] column = new float[4];
        features.pushMagnitudes(state, new float[] {4}, 0, column, 0, 1);
        assertThat(column).containsExactly(0, 4, 4, 4);
        features.pushMagnitudes(state, new float[] {2}, 0, column, 0, 1);
        assertThat(column).containsExactly(4, 2, 3, 3);
    }

    @Test
    void aResetStateIsANewOne() {
        FeatureExtractor features = new FeatureExtractor(everything, BINS);
        FeatureState state = features.newState();
        float[] first = new float[features.inputRows()];
        float[] again = new float[features.inputRows()];
        float[] magnitudes = TestModels.random(new SplittableRandom(5), BINS, 0, 3);
        features.pushMagnitudes(state, magnitudes, 0, first, 0, 1);
        state.reset();
        features.pushMagnitudes(state, magnitudes, 0, again, 0, 1);
        assertThat(again).containsExactly(first);
    }

    @Test
    void silenceIsFinite() {
        FeatureExtractor features = new FeatureExtractor(everything, BINS);
        float[] column = new float[features.inputRows()];
        FeatureState state = features.newState();
        for (int i = 0; i < 10; i++) {
            features.pushMagnitudes(state, new float[BINS], 0, column, 0, 1);
        }
        for (float value : column) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    @Test
    void allocatesNothing() {
        FeatureExtractor features = new FeatureExtractor(everything, BINS);
        FeatureState state = features.newState();
        float[] column = new float[features.inputRows() * 3];
        float[] spectrum = TestModels.random(new SplittableRandom(5), 2 * BINS, -1, 1);
        Allocation.assertNoAllocation(() -> features.push(state, spectrum, 0, column, 1, 3));
    }

    private static void pushConstant(
            FeatureExtractor features, FeatureState state, float value, int hops, float[] column) {
        float[] magnitudes = {value};
        for (int i = 0; i < hops; i++) {
            features.pushMagnitudes(state, magnitudes, 0, column, 0, 1);
        }
    }

    private float[] lastColumn(float gain) {
        FeatureExtractor features = new FeatureExtractor(everything, BINS);
        FeatureState state = features.newState();
        SplittableRandom random = new SplittableRandom(3);
        float[] column = new float[features.inputRows()];
        for (int hop = 0; hop < 50; hop++) {
            features.pushMagnitudes(state, TestModels.random(random, BINS, 0, 0.1 * gain), 0, column, 0, 1);
        }
        return column;
    }
}
