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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.Source;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.Objective;
import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.Signed;
import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import io.clearline.unfolding.nmf.DeepNmf;
import io.clearline.unfolding.nmf.SourceDivergence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the single-precision forward and backward pass with the double-precision framework, at random shapes. Each
 * slot has its own context.
 */
@Tag("jdk")
class FloatAgainstDoubleTest {
    private static final double TOLERANCE = 1e-4;
    private static final int COLUMNS = 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void lossAndBothPartsOfEveryGradientAgree(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int bins = random.nextInt(20, 60);
        int iterations = random.nextInt(2, 7);
        List<Source> sources =
                List.of(new Source("speech", random.nextInt(3, 20)), new Source("noise", random.nextInt(3, 20)));
        int atoms = sources.get(0).atoms() + sources.get(1).atoms();
        List<Dictionary> slots = new ArrayList<>();
        for (int k = 0; k <= iterations; k++) {
            int rows = bins * (k == iterations ? 1 : random.nextInt(1, 4));
            slots.add(new Dictionary(rows, atoms, random(random, rows * atoms)));
        }
        float[] input = random(random, 3 * bins * COLUMNS);
        float[] target = random(random, bins * COLUMNS);
        float[] initial = random(random, atoms * COLUMNS);
        DeepNmfParameters network = new DeepNmfParameters(sources, 1, 0.2, slots, new float[atoms]);

        DMatrixRMaj mixture = matrix(3 * bins, COLUMNS, input);
        UnfoldedNetwork.Run run = new DeepNmf(
                        sources.stream().map(Source::atoms).toList(), 1, (float) 0.2)
                .unfold(iterations, Tying.untied(iterations + 1))
                .run(
                        slots.stream()
                                .map(slot -> matrix(slot.rows(), atoms, slot.weights()))
                                .toList(),
                        mixture,
                        matrix(atoms, COLUMNS, initial));
        SourceDivergence objective = SourceDivergence.ofFirst(2, matrix(bins, COLUMNS, target));
        List<Signed> expected = run.back(objective.slope(run.output())).slots();

        float[] newest = floats(List.of(Matrices.lastRows(mixture, bins)));
        FrameBatch batch = FrameBatch.of(input, newest, target, COLUMNS);
        DeepNmfGradient gradients = new DeepNmfGradient(
                network, iterations + 1, Objective.MAGNITUDE, Kernels.scalar().products(), COLUMNS);
        System.arraycopy(initial, 0, gradients.start(), 0, initial.length);
        float[] plus = new float[gradients.size()];
        float[] minus = new float[gradients.size()];
        double loss = gradients.addSplit(weights(slots), batch, plus, minus);

        double expectedLoss = objective.value(run.output());
        assertThat(loss).isCloseTo(expectedLoss, within(TOLERANCE * expectedLoss));
        assertClose(plus, expected, Signed::plus);
        assertClose(minus, expected, Signed::minus);
    }

    /**
     * Requires a relative error of at most 1e-4. For small entries the error is relative to the largest entry of the
     * slot, because the rounding error of a sum depends on the size of its terms.
     */
    private static void assertClose(float[] found, List<Signed> slots, Function<Signed, DMatrixRMaj> part) {
        int at = 0;
        for (Signed slot : slots) {
            DMatrixRMaj expected = part.apply(slot);
            double largest = 0;
            for (int i = 0; i < expected.getNumElements(); i++) {
                largest = Math.max(largest, Math.abs(expected.data[i]));
            }
            for (int i = 0; i < expected.getNumElements(); i++) {
                assertThat((double) found[at])
                        .as("weight %d", at)
                        .isCloseTo(expected.data[i], within(TOLERANCE * (Math.abs(expected.data[i]) + 1e-2 * largest)));
                at++;
            }
        }
        assertThat(at).isEqualTo(found.length);
    }

    private static float[] weights(List<Dictionary> slots) {
        return floats(slots.stream()
                .map(slot -> matrix(slot.rows(), slot.atoms(), slot.weights()))
                .toList());
    }

    private static float[] floats(List<DMatrixRMaj> matrices) {
        float[] all = new float
                [matrices.stream().mapToInt(DMatrixRMaj::getNumElements).sum()];
        int at = 0;
        for (DMatrixRMaj matrix : matrices) {
            for (int i = 0; i < matrix.getNumElements(); i++) {
                all[at++] = (float) matrix.data[i];
            }
        }
        return all;
    }

    private static DMatrixRMaj matrix(int rows, int columns, float[] values) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < values.length; i++) {
            matrix.data[i] = values[i];
        }
        return matrix;
    }

    private static float[] random(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 0.05f + (float) random.nextDouble();
        }
        return values;
    }
}
