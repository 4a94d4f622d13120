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
 * The hyperparameters of a training on a fixed set of mixtures. Immutable.
 *
 * <p>Checkpoints contain the {@code toString()} of a plan; the component names are part of their format.
 *
 * @param optimiser of the weights
 * @param objective of the mask
 * @param steps number of steps
 * @param segments number of mixtures per step; at least the size of the set: full batch
 * @param stepSize maximum of the step size of Adam, or the exponent of multiplicative updates
 * @param seed of the order of the mixtures
 */
public record TrainingPlan(
        Optimiser optimiser, Objective objective, int steps, int segments, double stepSize, long seed) {}
