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

/** What the training of a local network begins with: a published model, or numbers drawn by the recipe's seed. */
public final class LocalNmfStart {
    /** Biases of the first and the last channel's rate: means over a second, and over a hop or two. */
    private static final double SLOWEST_RATE_BIAS = -4;

    private static final double FASTEST_RATE_BIAS = 1;

    private final Recipe recipe;
    private final LocalNmfWeights shape;
    private final SplittableRandom random;

    public LocalNmfStart(Recipe recipe) {
        this.recipe = recipe;
        shape = new LocalNmfWeights(recipe);
        random = new SplittableRandom(recipe.seed());
    }

    /**
     * The parameters.
     *
     * @param origins published models that the recipe starts from: none, or one of the recipe's shape with as many
     *     blocks or fewer, and as many channels or fewer. What blocks and channels are added changes nothing at first.
     *     One of more groups, for a higher sample rate, gives its lowest ones; the sections of one of fewer start
     *     alike.
     * @throws IllegalArgumentException when they are others
     */
    public float[] parameters(List<EnhancementModel> origins) {
        return origins.isEmpty() ? anew() : from(origins);
    }

    private float[] from(List<EnhancementModel> origins) {
        EnhancementModel origin = origins.get(0);
        if (origins.size() > 1 || !(origin.network() instanceof LocalNmfParameters)) {
            throw new IllegalArgumentException("The recipe of " + recipe.model() + " starts from "
                    + origins.stream().map(EnhancementModel::id).toList()
                    + "; expected one model with a local network.");
        }
        try {
            LocalNmfParameters trained =
                    Reshaped.of((LocalNmfParameters) origin.network(), shape.groups, shape.rowBins, shape.bins);
            float[] parameters = anew();
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

    private float[] anew() {
        float[] parameters = new float[shape.size()];
        normal(parameters, shape.embedding, 1 / Math.sqrt(shape.kinds * shape.groups.width()));
        normal(parameters, shape.places, 0.1);
        double even = 1 / Math.sqrt(shape.channels);
        for (BlockParts block : shape.blocks) {
            uniform(parameters, block.rate(), even);
            for (int i = 0; i < block.rateBias().length(); i++) {
                double place = i % shape.channels / Math.max(1.0, shape.channels - 1);
                parameters[block.rateBias().at() + i] =
                        (float) (SLOWEST_RATE_BIAS + place * (FASTEST_RATE_BIAS - SLOWEST_RATE_BIAS));
            }
            uniform(parameters, block.candidate(), even);
            uniform(parameters, block.candidateBias(), even);
            normal(parameters, block.mixing(), 0.3 / Math.sqrt(shape.groups.groups()));
            uniform(parameters, block.update(), even);
        }
        source(parameters, shape.speech, even);
        source(parameters, shape.noise, even);
        return parameters;
    }

    private void source(float[] parameters, SourceParts source, double even) {
        uniform(parameters, source.inference(), even);
        uniform(parameters, source.bias(), even);
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
