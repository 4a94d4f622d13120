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

import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.training.Recipe;
import io.clearline.training.local.LocalNmfWeights.BlockParts;
import io.clearline.training.local.LocalNmfWeights.Part;
import io.clearline.training.local.LocalNmfWeights.SourceParts;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Initial parameters of a local network: those of a published model, or random ones. Use an instance only once. */
public final class LocalNmfStart {
    /** Biases of the rates of the first and the last channel, for means over about a second and over a hop or two. */
    private static final double MIN_RATE_BIAS = -4;

    private static final double MAX_RATE_BIAS = 1;

    private final Recipe recipe;
    private final LocalNmfWeights shape;
    private final SplittableRandom random;

    /** Creates a start whose random values are drawn with the seed of the recipe. */
    public LocalNmfStart(Recipe recipe) {
        this.recipe = recipe;
        shape = new LocalNmfWeights(recipe);
        random = new SplittableRandom(recipe.seed());
    }

    /**
     * Returns the initial parameters.
     *
     * @param origins published models that the recipe starts from: none, or one whose shape is that of the recipe with
     *     the following exceptions. It may have fewer blocks or channels; the added ones do not change the output at
     *     first. It may have more groups, as for a higher sample rate; the lowest ones are used. It may have fewer
     *     sections; the new sections start with equal parameters
     * @throws IllegalArgumentException if there are several models, or if the shape does not fit
     */
    public float[] parameters(List<EnhancementModel> origins) {
        return origins.isEmpty() ? fresh() : from(origins);
    }

    private float[] from(List<EnhancementModel> origins) {
        EnhancementModel origin = origins.get(0);
        if (origins.size() > 1 || !(origin.network() instanceof LocalNmfParameters)) {
            throw new IllegalArgumentException("The recipe of " + recipe.model() + " starts from "
                    + origins.stream().map(EnhancementModel::id).toList()
                    + "; expected exactly one model with a local network.");
        }
        try {
            LocalNmfParameters trained =
                    Reshaped.of((LocalNmfParameters) origin.network(), shape.groups, shape.rowBins, shape.bins);
            float[] parameters = fresh();
            if (trained.channels() < shape.channels && trained.groups().equals(shape.groups)) {
                trained = WiderChannels.of(trained, shape.network(parameters));
            }
            shape.put(trained, parameters);
            for (BlockParts added : shape.blocks.subList(trained.blocks().size(), shape.blocks.size())) {
                for (Part part : List.of(added.candidate(), added.candidateBias(), added.update())) {
                    Arrays.fill(parameters, part.at(), part.end(), 0f);
                }
            }
            return parameters;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The recipe of " + recipe.model() + " starts from " + origin.id()
                            + ", whose network has another shape: " + e.getMessage(),
                    e);
        }
    }

    /** Returns random parameters. */
    private float[] fresh() {
        float[] parameters = new float[shape.size()];
        normal(parameters, shape.embedding, 1 / Math.sqrt(shape.kinds * shape.groups.width()));
        normal(parameters, shape.places, 0.1);
        double bound = 1 / Math.sqrt(shape.channels);
        for (BlockParts block : shape.blocks) {
            uniform(parameters, block.rate(), bound);
            for (int i = 0; i < block.rateBias().length(); i++) {
                double place = i % shape.channels / Math.max(1.0, shape.channels - 1);
                parameters[block.rateBias().at() + i] =
                        (float) (MIN_RATE_BIAS + place * (MAX_RATE_BIAS - MIN_RATE_BIAS));
            }
            uniform(parameters, block.candidate(), bound);
            uniform(parameters, block.candidateBias(), bound);
            normal(parameters, block.mixing(), 0.3 / Math.sqrt(shape.groups.groups()));
            uniform(parameters, block.update(), bound);
        }
        source(parameters, shape.speech, bound);
        source(parameters, shape.noise, bound);
        return parameters;
    }

    private void source(float[] parameters, SourceParts source, double bound) {
        uniform(parameters, source.inference(), bound);
        uniform(parameters, source.bias(), bound);
        normal(parameters, source.dictionary(), 0.5);
    }

    private void normal(float[] parameters, Part part, double deviation) {
        for (int i = part.at(); i < part.end(); i++) {
            parameters[i] = (float) (deviation * random.nextGaussian());
        }
    }

    private void uniform(float[] parameters, Part part, double bound) {
        for (int i = part.at(); i < part.end(); i++) {
            parameters[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }
}
