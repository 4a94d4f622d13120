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

import io.clearline.training.frames.Objective;

/**
 * What the recipe of a deep NMF network says beyond its shape.
 *
 * @param trainedSlots C: how many of the K + 1 slots are untied and trained, counted from the read-out
 * @param tiedContextFrames frames that the tied layers look at
 * @param untiedContextFrames frames that the trained layers look at
 * @param sparsity mu, the price of an activation; fits the scale of the normalised features
 * @param mixtures how many mixtures are trained on: they are drawn once, so that what the tied layers make of them is
 *     computed once
 */
public record DeepNmfTraining(
        int trainedSlots,
        int tiedContextFrames,
        int untiedContextFrames,
        double sparsity,
        int mixtures,
        Optimiser optimiser,
        Objective objective) {

    public DeepNmfTraining {
        if (trainedSlots < 0 || tiedContextFrames < 1 || untiedContextFrames < 1 || mixtures < 1) {
            throw new IllegalArgumentException("Deep NMF trains at least 0 slots on at least 1 mixture, with at least 1"
                    + " frame of context; asked for " + trainedSlots + " slots, " + mixtures + " mixtures, "
                    + tiedContextFrames + " and " + untiedContextFrames + " frames.");
        }
    }

    /** The same on another number of mixtures. */
    DeepNmfTraining withMixtures(int count) {
        return new DeepNmfTraining(
                trainedSlots, tiedContextFrames, untiedContextFrames, sparsity, count, optimiser, objective);
    }
}
