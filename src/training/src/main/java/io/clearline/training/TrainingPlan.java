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
 * How a network is trained on a fixed set of mixtures.
 *
 * @param segments mixtures of one step; all of the set, or more: full batch
 * @param stepSize Adam's largest; the exponent of the multiplicative step
 * @param seed of the order of the mixtures
 */
public record TrainingPlan(
        Optimiser optimiser, Objective objective, int steps, int segments, double stepSize, long seed) {}
