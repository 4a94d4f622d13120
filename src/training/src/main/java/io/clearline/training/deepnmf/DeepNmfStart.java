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

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.training.DeepNmfTraining;
import io.clearline.training.Progress;
import io.clearline.training.Recipe;
import io.clearline.training.TrainingPlan;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.Objective;
import io.clearline.training.mixing.Mixer;

/**
 * Prepares the training of a deep NMF recipe: draws the training set, learns dictionaries by sparse NMF, and computes
 * the activations of the tied layers. Stateless.
 */
public final class DeepNmfStart {
    /** Number of frames of each source that dictionaries are learnt from. */
    private static final int DICTIONARY_FRAMES = 6_000;

    private static final int DICTIONARY_ITERATIONS = 50;

    private DeepNmfStart() {}

    /**
     * Returns a trainer before its first step. It depends only on recipe and corpus.
     *
     * @throws IllegalArgumentException if the recipe has different numbers of speech and noise atoms
     */
    public static DeepNmfTrainer of(Recipe recipe, Mixer mixer, Kernel kernel, Progress progress) {
        DeepNmfTraining training = recipe.deepNmf();
        if (recipe.speechAtoms() != recipe.noiseAtoms()) {
            throw new IllegalArgumentException("Recipe of " + recipe.model() + ": deep NMF expects equal numbers of"
                    + " speech and noise atoms, found " + recipe.speechAtoms() + " and " + recipe.noiseAtoms() + ".");
        }
        SparseDictionaries dictionaries = new SparseDictionaries(
                new SparseDictionaries.Settings(
                        recipe.stft(),
                        recipe.features(),
                        training.tiedContextFrames(),
                        recipe.speechAtoms(),
                        training.sparsity(),
                        DICTIONARY_FRAMES,
                        DICTIONARY_ITERATIONS,
                        recipe.seed()),
                index -> mixer.draw(index, recipe.segmentSamples()),
                training.mixtures(),
                kernel.products());
        DeepNmfParameters start =
                dictionaries.network(recipe.layers(), training.trainedSlots(), training.untiedContextFrames());
        FrameSet frames = FrameSet.of(
                index -> mixer.draw(index, recipe.segmentSamples()),
                training.mixtures(),
                recipe.segmentSamples(),
                recipe.features(),
                recipe.stft(),
                training.objective() != Objective.MAGNITUDE);
        TiedActivations tied = TiedActivations.initial(start, frames)
                .after(recipe.layers() + 1 - training.trainedSlots(), kernel, progress);
        TrainingPlan plan = new TrainingPlan(
                training.optimiser(),
                training.objective(),
                recipe.steps(),
                recipe.segments(),
                recipe.stepSize(),
                recipe.seed());
        return new DeepNmfTrainer(plan, start, training.trainedSlots(), tied, kernel);
    }
}
