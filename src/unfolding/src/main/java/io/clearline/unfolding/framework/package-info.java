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
/**
 * Deep unfolding for any model (Hershey, Le Roux, Weninger 2014): an iterative inference algorithm becomes a network
 * whose layers have weights of their own, which are trained by back-propagation.
 * {@link io.clearline.unfolding.framework.Layer} is one iteration, {@link io.clearline.unfolding.framework.Tying}
 * defines which layers share their weights, {@link io.clearline.unfolding.framework.UnfoldedNetwork} runs the forward
 * and the backward pass, and {@link io.clearline.unfolding.framework.Objective} is what training minimises.
 *
 * <p>Everything is in double precision. It is the reference that the inference kernels and the single-precision
 * trainers are tested against. The packages beside it hold the unfoldings: non-negative matrix factorisation in
 * {@code nmf}, mean field and belief propagation in {@code mrf}.
 */
package io.clearline.unfolding.framework;
