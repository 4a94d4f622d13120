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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.training.LocalShape;
import io.clearline.training.Recipe;
import io.clearline.training.TestTraining;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalNmfStartTest {

    private final Recipe recipe = recipe(2, new LocalShape(4, 4, 5, 1));
    private final LocalNmfParameters trained = trained();

    @Test
    void trainingContinuesFromATrainedNetwork() {
        float[] mask = mask(trained);

        assertThat(mask(started(recipe))).containsExactly(mask, within(1e-6f));
    }

    @Test
    void addedBlocksChangeNothingAtFirst() {
        LocalNmfParameters deeper = started(recipe(4, new LocalShape(4, 4, 5, 1)));

        assertThat(deeper.blocks()).hasSize(4);
        assertThat(mask(deeper)).containsExactly(mask(trained), within(1e-6f));
    }

    @Test
    void sectionsStartAlike() {
        LocalNmfParameters sectioned = started(recipe(2, new LocalShape(4, 4, 5, 2)));

        assertThat(sectioned.dictionaries()).hasSize(2);
        assertThat(mask(sectioned)).containsExactly(mask(trained), within(1e-6f));
    }

    @Test
    void addedChannelsChangeNothingAtFirst() {
        LocalNmfParameters wider = started(recipe(3, new LocalShape(4, 4, 8, 2)));

        assertThat(wider.channels()).isEqualTo(8);
        assertThat(mask(wider)).containsExactly(mask(trained), within(1e-6f));
    }

    @Test
    void addedChannelsHaveAnEffectOnceTrainingChangesThem() {
        Recipe wider = recipe(2, new LocalShape(4, 4, 8, 1));
        LocalNmfWeights shape = new LocalNmfWeights(wider);
        float[] parameters = new LocalNmfStart(wider).parameters(List.of(origin()));
        int firstAddedChannel = shape.speech.inference().at() + 5 * shape.speechAtoms;
        float[] before = mask(shape.network(parameters));
        parameters[firstAddedChannel] = 3;

        assertThat(mask(shape.network(parameters))).isNotEqualTo(before);
    }

    @Test
    void aLowerSampleRateStartsFromTheLowestGroups() {
        LocalNmfParameters lower = started(TestTraining.local(8_000, 64, 8, 2, new LocalShape(3, 4, 5, 1)));

        assertThat(lower.bins()).isEqualTo(33);
        assertThat(lower.groups().groups()).isEqualTo(3);
        assertThat(lower.embedding()).containsExactly(trained.embedding());
        assertThat(lower.places()).containsExactly(Arrays.copyOf(trained.places(), 15));
        assertThat(lower.blocks().get(1).mixing()[5])
                .isEqualTo(trained.blocks().get(1).mixing()[6]);
    }

    @Test
    void aLowerSampleRateStartsFromTheSectionsThatContainItsOwn() {
        Recipe sectioned = recipe(2, new LocalShape(8, 4, 5, 2));
        LocalNmfParameters origin = randomised(sectioned);
        LocalNmfWeights shape = new LocalNmfWeights(TestTraining.local(8_000, 64, 8, 2, new LocalShape(6, 4, 5, 3)));
        LocalNmfParameters lower = Reshaped.of(origin, shape.groups, shape.rowBins, shape.bins);

        assertThat(lower.dictionaries())
                .containsExactly(
                        origin.dictionaries().get(0),
                        origin.dictionaries().get(0),
                        origin.dictionaries().get(1));
    }

    @Test
    void sectionsThatLieAcrossTheTrainedOnesAreRefused() {
        LocalNmfParameters origin = randomised(recipe(2, new LocalShape(8, 4, 5, 2)));
        LocalNmfWeights shape = new LocalNmfWeights(TestTraining.local(8_000, 64, 8, 2, new LocalShape(6, 4, 5, 2)));

        assertThat(Reshaped.of(origin, shape.groups, shape.rowBins, shape.bins)).isSameAs(origin);
    }

    @Test
    void anotherShapeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> started(recipe(2, new LocalShape(4, 4, 4, 1))))
                .withMessageContaining("starts from origin@1, whose network has another shape");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> started(recipe(1, new LocalShape(4, 4, 5, 1))))
                .withMessageContaining("expected at most 1 blocks, found 2");
    }

    private LocalNmfParameters trained() {
        return randomised(recipe);
    }

    private static LocalNmfParameters randomised(Recipe recipe) {
        LocalNmfWeights shape = new LocalNmfWeights(recipe);
        float[] parameters = new LocalNmfStart(recipe).parameters(List.of());
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += (float) (0.2 * random.nextGaussian());
        }
        return shape.network(parameters);
    }

    private LocalNmfParameters started(Recipe from) {
        return new LocalNmfWeights(from).network(new LocalNmfStart(from).parameters(List.of(origin())));
    }

    private EnhancementModel origin() {
        return new EnhancementModel(
                new ModelId("origin", "1"),
                recipe.sampleRateHz(),
                recipe.stft(),
                recipe.features(),
                trained,
                SdrCalibration.uncalibrated());
    }

    private static float[] mask(LocalNmfParameters network) {
        float[] input = new float[network.inputRows()];
        for (int row = 0; row < input.length; row++) {
            input[row] = 1 + row % 3;
        }
        float[] mask = new float[network.bins()];
        Kernels.scalar().prepare(network, 1).run(input, new float[][] {new float[network.memoryLength()]}, mask, 1);
        return mask;
    }

    private static Recipe recipe(int blocks, LocalShape shape) {
        return TestTraining.local(16_000, 128, 10, blocks, shape);
    }
}
