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
package io.clearline.training.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.network.NetworkParameters;
import io.clearline.training.LocalShape;
import io.clearline.training.LossTerms;
import io.clearline.training.Recipe;
import io.clearline.training.TestTraining;
import io.clearline.training.local.LocalNmfWeights.Part;
import io.clearline.training.segments.SegmentBatch;
import io.clearline.training.segments.SegmentGradient;
import io.clearline.training.segments.SegmentLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalNmfGradientTest {
    private static final LossTerms TERMS = new LossTerms(2, 1, 10, 5, 1e-2);

    private final Recipe recipe = TestTraining.local(16_000, 128, 10, 2, new LocalShape(4, 4, 5, 2));
    private final LocalNmfWeights shape = new LocalNmfWeights(recipe);
    private final SegmentBatch batch = new SegmentBatch(recipe);
    private final SegmentLoss loss =
            new SegmentLoss(TERMS, shape.bins, 125, 250, batch.columns(), batch.hopsPerSegment());
    private final SegmentGradient gradients =
            shape.gradient(Kernels.scalar(), loss, batch.columns(), batch.hopsPerSegment());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theGradientIsTheSlopeOfTheLossInAnyDirection(long seed) {
        TestTraining.fill(batch, recipe, seed);
        SplittableRandom random = new SplittableRandom(seed);
        float[] parameters = new LocalNmfStart(recipe).parameters(List.of());
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += (float) (0.2 * random.nextGaussian());
        }
        float[] gradient = new float[shape.size()];
        gradients.compute(shape.weights(parameters), batch, gradient);

        parts().forEach((name, part) -> {
            float[] direction = new float[shape.size()];
            double found = 0;
            for (int i = part.at(); i < part.end(); i++) {
                direction[i] = (float) (2 * random.nextDouble() - 1);
                found += (double) gradient[i] * direction[i];
            }
            double expected = slope(parameters, direction);
            assertThat(found).as(name).isCloseTo(expected, within(5e-3 + 0.03 * Math.abs(expected)));
        });
    }

    @Test
    void theTrainedNetworkGivesTheSameLossInInference() {
        TestTraining.fill(batch, recipe, 4);
        float[] parameters = new LocalNmfStart(recipe).parameters(List.of());
        NetworkParameters network = shape.network(parameters);
        int columns = batch.columns();
        float[] input = new float[columns * network.inputRows()];
        float[][] memories = new float[columns][];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < network.inputRows(); row++) {
                input[column * network.inputRows() + row] = batch.input()[row * columns + column];
            }
            memories[column] =
                    column % batch.hopsPerSegment() == 0 ? new float[network.memoryLength()] : memories[column - 1];
        }
        float[] masks = new float[columns * network.bins()];
        Kernels.scalar().prepare(network, columns).run(input, memories, masks, columns);
        float[] transposed = new float[masks.length];
        for (int column = 0; column < columns; column++) {
            for (int bin = 0; bin < network.bins(); bin++) {
                transposed[bin * columns + column] = masks[column * network.bins() + bin];
            }
        }

        assertThat(loss.compute(transposed, batch, new float[transposed.length]))
                .isCloseTo(gradients.compute(shape.weights(parameters), batch, null), within(1e-4));
    }

    private Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("embedding", shape.embedding);
        parts.put("places", shape.places);
        for (int i = 0; i < shape.blocks.size(); i++) {
            LocalNmfWeights.BlockParts block = shape.blocks.get(i);
            parts.put("rate " + i, block.rate());
            parts.put("rate bias " + i, block.rateBias());
            parts.put("candidate " + i, block.candidate());
            parts.put("candidate bias " + i, block.candidateBias());
            parts.put("mixing " + i, block.mixing());
            parts.put("mixing bias " + i, block.mixingBias());
            parts.put("update " + i, block.update());
        }
        for (LocalNmfWeights.SourceParts source : List.of(shape.speech, shape.noise)) {
            String name = source == shape.speech ? "speech" : "noise";
            parts.put("inference of " + name, source.inference());
            parts.put("bias of " + name, source.bias());
            parts.put("dictionary of " + name, source.dictionary());
        }
        parts.put("weights of bins", shape.binWeights);
        return parts;
    }

    private double slope(float[] at, float[] direction) {
        // A small step, because a larger one would cross the kink of the leaky rectifier.
        double step = 5e-4;
        float[] ahead = at.clone();
        float[] behind = at.clone();
        for (int i = 0; i < at.length; i++) {
            ahead[i] += (float) (step * direction[i]);
            behind[i] -= (float) (step * direction[i]);
        }
        return (gradients.compute(shape.weights(ahead), batch, null)
                        - gradients.compute(shape.weights(behind), batch, null))
                / (2 * step);
    }
}
