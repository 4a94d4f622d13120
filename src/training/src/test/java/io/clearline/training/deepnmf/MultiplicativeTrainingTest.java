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

import io.clearline.dsp.StftSpec;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.testkit.Signals;
import io.clearline.training.Optimiser;
import io.clearline.training.Progress;
import io.clearline.training.TrainingPlan;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.Objective;
import io.clearline.training.mixing.Mixer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiplicativeTrainingTest {
    private static final StftSpec STFT = new StftSpec(128, 64);
    private static final FeatureSpec FEATURES =
            new FeatureSpec(2, Optional.empty(), Optional.of(LevelNormalisation.standard()), Optional.empty());
    private static final int SAMPLES = 8_000;
    private static final int MIXTURES = 12;

    private final Kernel kernel = Kernels.best();

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "3, 1", "3, 2"})
    void weightsStayNonNegativeAndTheObjectiveFallsOnEveryFullBatchStep(int trainedSlots, long seed) {
        List<Mixer.Mixture> mixtures = mixtures(seed);
        SparseDictionaries dictionaries = new SparseDictionaries(
                new SparseDictionaries.Settings(STFT, FEATURES, 1, 4, 0.5, 800, 20, seed),
                mixtures::get,
                MIXTURES,
                kernel.products());
        DeepNmfParameters start = dictionaries.network(3, trainedSlots, 2);
        FrameSet frames = FrameSet.of(mixtures, FEATURES, STFT, false);
        DeepNmfTrainer trainer = new DeepNmfTrainer(
                new TrainingPlan(Optimiser.MULTIPLICATIVE, Objective.MAGNITUDE, 25, MIXTURES, 1, seed),
                start,
                trainedSlots,
                TiedActivations.initial(start, frames).after(4 - trainedSlots, kernel, Progress.NONE),
                kernel);

        List<Double> losses = new ArrayList<>();
        while (!trainer.isDone()) {
            losses.add(trainer.train());
        }

        assertThat(losses.get(24)).isLessThan(0.97 * losses.get(0));
        for (int step = 1; step < losses.size(); step++) {
            assertThat(losses.get(step)).as("step %d", step).isLessThanOrEqualTo(losses.get(step - 1) * (1 + 1e-6));
        }
        for (Dictionary slot : trainer.network().slots()) {
            for (float weight : slot.weights()) {
                assertThat(weight).isNotNegative().isFinite();
            }
        }
    }

    /** Returns chords of limited duration in white noise. */
    private static List<Mixer.Mixture> mixtures(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Mixer.Mixture> mixtures = new ArrayList<>();
        for (int i = 0; i < MIXTURES; i++) {
            float[] speech = new float[SAMPLES];
            for (int note = 0; note < 4; note++) {
                float[] sine = Signals.sine(SAMPLES, 200 + 3000 * random.nextDouble(), 16_000, 0.1);
                int from = random.nextInt(SAMPLES / 2);
                for (int n = from; n < from + SAMPLES / 2; n++) {
                    speech[n] += sine[n];
                }
            }
            float[] noise = Signals.whiteNoise(SAMPLES, 0.1, random.nextLong());
            mixtures.add(Mixer.mix(speech, noise, 0, 1));
        }
        return mixtures;
    }
}
