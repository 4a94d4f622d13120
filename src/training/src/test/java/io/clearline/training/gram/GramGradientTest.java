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
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.kernel.Kernels;
import io.clearline.training.LossTerms;
import io.clearline.training.NetworkKind;
import io.clearline.training.Recipe;
import io.clearline.training.TestTraining;
import io.clearline.training.TrainingMethod;
import io.clearline.training.segments.SegmentBatch;
import io.clearline.training.segments.SegmentLoss;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GramGradientTest {
    private static final Recipe RECIPE = new Recipe(
            "test",
            16_000,
            128,
            64,
            10,
            2,
            true,
            5,
            4,
            3,
            true,
            10,
            2,
            0.6,
            0.05,
            1,
            NetworkKind.GRAM,
            null,
            null,
            null,
            0,
            null,
            null);

    static Stream<Arguments> losses() {
        return Stream.of(
                        LossTerms.SNR_ONLY,
                        new LossTerms(3, 0, 0, 0, 1e-3),
                        new LossTerms(1, 2, 0, 0, 1e-3),
                        new LossTerms(1, 0, 20, 0, 1e-3),
                        new LossTerms(1, 0, 0, 10, 1e-3),
                        new LossTerms(2, 1, 10, 5, 1e-2))
                .flatMap(terms -> LongStream.rangeClosed(1, 3).mapToObj(seed -> Arguments.of(terms, seed)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theGradientIsTheSlopeOfTheLossInAnyDirection(LossTerms terms, long seed) {
        GramWeights shape = new GramWeights(RECIPE);
        SplittableRandom random = new SplittableRandom(seed);
        float[] logarithms = random(random, shape.size(), -1.5, -0.2);
        SegmentBatch batch = batch(seed, terms);
        GramGradient gradients = gradients(shape, batch, terms);
        float[] gradient = new float[shape.size()];
        gradients.compute(GramWeights.exp(logarithms), batch, gradient);

        // One random direction for each range of weights.
        int[] bounds = {
            0,
            shape.scale(0),
            shape.gram(0),
            shape.sparsity(0),
            shape.scale(1),
            shape.excitation(1),
            shape.inhibition(1),
            shape.rates(1),
            shape.excitation(2),
            shape.rates(2),
            shape.speechReadOut(),
            shape.noiseReadOut(),
            shape.initial(),
            shape.size()
        };
        for (int part = 0; part + 1 < bounds.length; part++) {
            float[] direction = new float[shape.size()];
            System.arraycopy(
                    random(random, shape.size(), -1, 1), 0, direction, bounds[part], bounds[part + 1] - bounds[part]);
            double expected = slope(gradients, batch, logarithms, direction);
            double found = 0;
            for (int i = 0; i < gradient.length; i++) {
                found += (double) gradient[i] * direction[i];
            }
            assertThat(found)
                    .as("weights %d to %d", bounds[part], bounds[part + 1])
                    .isCloseTo(expected, within(1e-3 + 0.01 * Math.abs(expected)));
        }
    }

    private static double slope(GramGradient gradients, SegmentBatch batch, float[] at, float[] direction) {
        double step = 2e-3;
        float[] ahead = at.clone();
        float[] behind = at.clone();
        for (int i = 0; i < at.length; i++) {
            ahead[i] += (float) (step * direction[i]);
            behind[i] -= (float) (step * direction[i]);
        }
        return (gradients.compute(GramWeights.exp(ahead), batch, null)
                        - gradients.compute(GramWeights.exp(behind), batch, null))
                / (2 * step);
    }

    private static GramGradient gradients(GramWeights shape, SegmentBatch batch, LossTerms terms) {
        SegmentLoss loss = new SegmentLoss(terms, shape.bins, 125, 250, batch.columns(), batch.hopsPerSegment());
        return new GramGradient(shape, Kernels.scalar().products(), loss, batch.columns(), batch.hopsPerSegment());
    }

    private static SegmentBatch batch(long seed, LossTerms terms) {
        SegmentBatch batch = new SegmentBatch(RECIPE.withMethod(new TrainingMethod(0, 1, 1, 0, terms)));
        TestTraining.fill(batch, RECIPE, seed);
        return batch;
    }

    private static float[] random(SplittableRandom random, int length, double min, double max) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (min + (max - min) * random.nextDouble());
        }
        return values;
    }
}
