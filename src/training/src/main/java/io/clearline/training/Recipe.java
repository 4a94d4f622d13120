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
package io.clearline.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.BandMatrix;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.model.SlowStatistics;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.training.mixing.MixingSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A recipe: the complete description of a model and its training, that is, audio format, features, network shape and
 * hyperparameters. Recipes are JSON files among the resources of this module. Immutable.
 *
 * <p>Model cards, and checkpoints of Gram and local networks, contain the {@code toString()} of a recipe. A checkpoint
 * can be resumed only if that text is the same. The names of this record, of its components and of the records in it
 * are therefore part of the format.
 *
 * @param model name that the model is published under
 * @param bands number of ERB bands of the input; 0: the bins of the STFT
 * @param contextFrames number of frames of the input, including the target frame
 * @param statistics whether the slow statistics of the stream are part of the input
 * @param layers K, the number of layers or blocks
 * @param memory whether every layer but the first has a memory of its input activations, see
 *     {@link GramNmfParameters.Memory}
 * @param steps number of optimiser steps
 * @param segments number of mixtures per step
 * @param segmentSeconds length of a mixture
 * @param stepSize maximum of the step size of Adam, or the exponent of multiplicative updates
 * @param seed of initial values, mixtures and their order
 * @param network kind of network; default: {@link NetworkKind#GRAM}
 * @param deepNmf parameters of deep NMF; null for other kinds
 * @param startsFrom published model (name and version) that the training of a local network starts from; empty: random
 *     initial values. Other kinds start from sparse NMF
 * @param mixing variations of the training mixtures; default: all variations
 * @param lowBins number of the lowest STFT bins that are input rows of their own, below the bands; 0: only bands
 * @param method further hyperparameters; default: {@link TrainingMethod#PLAIN}
 * @param local shape of a local network; null for other kinds
 */
public record Recipe(
        String model,
        int sampleRateHz,
        int windowSamples,
        int hopSamples,
        int bands,
        int contextFrames,
        boolean statistics,
        int speechAtoms,
        int noiseAtoms,
        int layers,
        boolean memory,
        int steps,
        int segments,
        double segmentSeconds,
        double stepSize,
        long seed,
        NetworkKind network,
        DeepNmfTraining deepNmf,
        List<String> startsFrom,
        MixingSpec mixing,
        int lowBins,
        TrainingMethod method,
        LocalShape local) {

    private static final int QUICK_STEPS = 200;
    private static final int QUICK_MIXTURES = 60;

    public Recipe {
        network = network == null ? NetworkKind.GRAM : network;
        mixing = mixing == null ? MixingSpec.varied() : mixing;
        startsFrom = startsFrom == null ? List.of() : List.copyOf(startsFrom);
        method = method == null ? TrainingMethod.PLAIN : method;
        if ((network == NetworkKind.DEEP_NMF) != (deepNmf != null)) {
            throw new IllegalArgumentException("Recipe of " + model + ": deepNmf must be present if and only if network"
                    + " is deep-nmf; found network " + network + " and deepNmf " + deepNmf + ".");
        }
        if (network != NetworkKind.LOCAL && !startsFrom.isEmpty()) {
            throw new IllegalArgumentException("Recipe of " + model + ": only a local network can start from another"
                    + " model (startsFrom); found network " + network + ".");
        }
        if ((network == NetworkKind.LOCAL) != (local != null)) {
            throw new IllegalArgumentException("Recipe of " + model + ": local must be present if and only if network"
                    + " is local; found network " + network + " and local " + local + ".");
        }
    }

    /**
     * Loads the recipe with a name.
     *
     * @throws IOException if there is no such recipe or it cannot be parsed
     */
    public static Recipe named(String name) throws IOException {
        try (InputStream json = Recipe.class.getResourceAsStream("recipes/" + name + ".json")) {
            if (json == null) {
                throw new IOException("No recipe named " + name + ".");
            }
            return new ObjectMapper().readValue(json, Recipe.class);
        }
    }

    /** Returns the STFT of the model. */
    public StftSpec stft() {
        return new StftSpec(windowSamples, hopSamples);
    }

    /** Returns the input features of the network. */
    public FeatureSpec features() {
        return new FeatureSpec(
                contextFrames,
                bands == 0 ? Optional.empty() : Optional.of(bandMatrix()),
                Optional.of(LevelNormalisation.standard()),
                statistics ? Optional.of(SlowStatistics.standard()) : Optional.empty());
    }

    private BandMatrix bandMatrix() {
        int bins = stft().bins();
        return lowBins == 0
                ? BandMatrix.erb(bands, bins, sampleRateHz)
                : BandMatrix.binsThenErb(lowBins, bands, bins, sampleRateHz);
    }

    /** Returns the number of atoms of both sources. */
    public int atoms() {
        return speechAtoms + noiseAtoms;
    }

    /** Returns the number of samples of one mixture. */
    public int segmentSamples() {
        return (int) (segmentSeconds * sampleRateHz);
    }

    /**
     * Returns a shortened recipe that takes a few minutes: fewer steps and, for deep NMF, fewer mixtures. It exercises
     * the whole training, but the resulting model is not representative.
     */
    public Recipe quick() {
        DeepNmfTraining quickDeepNmf =
                deepNmf == null ? null : deepNmf.withMixtures(Math.min(deepNmf.mixtures(), QUICK_MIXTURES));
        return with(Math.min(steps, QUICK_STEPS), quickDeepNmf, method);
    }

    /**
     * Returns whether a run of this recipe can continue a run of another one. The recipes must be equal except for the
     * number of steps, and if that differs, the step size must not have begun to decline in either.
     *
     * @param stepsDone number of steps that the run of the other recipe has done
     */
    public boolean continues(Recipe other, int stepsDone) {
        return equals(other.withSteps(steps))
                && (steps == other.steps
                        || stepsDone <= Math.min(method.steadySteps(steps), method.steadySteps(other.steps)));
    }

    /** Returns a copy with another number of steps. */
    public Recipe withSteps(int count) {
        return with(count, deepNmf, method);
    }

    /** Returns a copy with another training method. */
    public Recipe withMethod(TrainingMethod other) {
        return with(steps, deepNmf, other);
    }

    private Recipe with(int count, DeepNmfTraining training, TrainingMethod trainedBy) {
        return new Recipe(
                model,
                sampleRateHz,
                windowSamples,
                hopSamples,
                bands,
                contextFrames,
                statistics,
                speechAtoms,
                noiseAtoms,
                layers,
                memory,
                count,
                segments,
                segmentSeconds,
                stepSize,
                seed,
                network,
                training,
                startsFrom,
                mixing,
                lowBins,
                trainedBy,
                local);
    }
}
