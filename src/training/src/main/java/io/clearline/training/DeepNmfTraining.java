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
 * The part of a {@link Recipe} that only deep NMF networks have. Immutable.
 *
 * <p>The component names are part of the recipe format and of checkpoints.
 *
 * @param trainedSlots C, the number of slots, counted back from the read-out, that are untied and trained; the network
 *     has K + 1 slots
 * @param tiedContextFrames number of frames that the tied layers see
 * @param untiedContextFrames number of frames that the trained layers see
 * @param sparsity mu, the weight of the L1 norm of the activations, on the scale of the normalised features
 * @param mixtures size of the training set; it is drawn once, so that the activations of the tied layers are computed
 *     once
 * @param optimiser of the trained slots
 * @param objective of the mask
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
            throw new IllegalArgumentException("Deep NMF training: expected at least 0 trained slots, 1 mixture and 1"
                    + " frame of context, found " + trainedSlots + " slots, " + mixtures + " mixtures, "
                    + tiedContextFrames + " tied and " + untiedContextFrames + " untied frames.");
        }
    }

    /** Returns a copy with another number of mixtures. */
    DeepNmfTraining withMixtures(int count) {
        return new DeepNmfTraining(
                trainedSlots, tiedContextFrames, untiedContextFrames, sparsity, count, optimiser, objective);
    }
}
