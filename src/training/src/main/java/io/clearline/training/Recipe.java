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
 * How a model is made: its shape and its training. Recipes are JSON files among the resources of this module.
 *
 * @param model the name the model is published under
 * @param bands ERB bands of the input; 0: the STFT's bins as they are
 * @param contextFrames frames of the input, the target frame included
 * @param statistics whether the slow statistics of the stream are input rows
 * @param layers K
 * @param memory whether every layer but the first remembers the activations it gets, see
 *     {@link GramNmfParameters.Memory}
 * @param steps of the optimiser
 * @param segments mixtures of one step
 * @param segmentSeconds length of a mixture
 * @param stepSize Adam's, at its largest
 * @param network which kind is trained; a file that doesn't say means {@link NetworkKind#GRAM}
 * @param deepNmf what only deep NMF needs; null for other kinds
 * @param startsFrom the published model (name and version) whose network the training of a local one goes on from;
 *     empty: numbers drawn by the seed. The others start from sparse NMF
 * @param mixing how the training mixtures are varied; a file that doesn't say means everything
 * @param lowBins the STFT's lowest bins that are input rows of their own, with the bands above them; 0: bands alone
 * @param method null: {@link TrainingMethod#PLAIN}
 * @param local what only a local network needs; null for other kinds
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
            throw new IllegalArgumentException("The recipe of " + model + ": a deep-nmf network, and no other, has a"
                    + " deepNmf part; the network is " + network + " and deepNmf is " + deepNmf + ".");
        }
        if (network != NetworkKind.LOCAL && !startsFrom.isEmpty()) {
            throw new IllegalArgumentException("The recipe of " + model + ": only a local network starts from another"
                    + " one; the network is " + network + ".");
        }
        if ((network == NetworkKind.LOCAL) != (local != null)) {
            throw new IllegalArgumentException("The recipe of " + model + ": a local network, and no other, has a"
                    + " local part; the network is " + network + " and local is " + local + ".");
        }
    }

    /**
     * The recipe of a name.
     *
     * @throws IOException when there is none
     */
    public static Recipe named(String name) throws IOException {
        try (InputStream json = Recipe.class.getResourceAsStream("recipes/" + name + ".json")) {
            if (json == null) {
                throw new IOException("No recipe named " + name + ".");
            }
            return new ObjectMapper().readValue(json, Recipe.class);
        }
    }

    /** The STFT of the model. */
    public StftSpec stft() {
        return new StftSpec(windowSamples, hopSamples);
    }

    /** The network's input. */
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

    /** Atoms of both sources. */
    public int atoms() {
        return speechAtoms + noiseAtoms;
    }

    /** Samples of one segment. */
    public int segmentSamples() {
        return (int) (segmentSeconds * sampleRateHz);
    }

    /**
     * The same road in a few minutes: far fewer steps, and mixtures where they are fixed. Shows that training works,
     * not how good it gets.
     */
    public Recipe quick() {
        DeepNmfTraining few =
                deepNmf == null ? null : deepNmf.withMixtures(Math.min(deepNmf.mixtures(), QUICK_MIXTURES));
        return with(Math.min(steps, QUICK_STEPS), few, method);
    }

    /**
     * Whether a run of this recipe may go on from so many steps of another one: all but the number of steps is alike,
     * and neither has begun to take smaller steps.
     */
    public boolean continues(Recipe other, int stepsDone) {
        return equals(other.withSteps(steps))
                && (steps == other.steps
                        || stepsDone <= Math.min(method.steadySteps(steps), method.steadySteps(other.steps)));
    }

    /** The same recipe with another number of steps. */
    public Recipe withSteps(int count) {
        return with(count, deepNmf, method);
    }

    /** The same recipe, trained by another method. */
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
