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
 * Deep unfolding, whatever the model: an iterative inference becomes a network of layers with weights of their own,
 * which are trained by back-propagation. {@link io.clearline.unfolding.framework.Layer} is one iteration,
 * {@link io.clearline.unfolding.framework.Tying} says which share their weights,
 * {@link io.clearline.unfolding.framework.UnfoldedNetwork} runs them forward and back,
 * {@link io.clearline.unfolding.framework.Objective} is what training makes small.
 *
 * <p>All in double precision, to derive from and to judge by; the kernels and the float trainers are held against it.
 * The unfoldings: non-negative matrix factorisation in {@code nmf}, mean field and belief propagation in {@code mrf}.
 */
package io.clearline.unfolding.framework;
