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
 * Unfoldings of inference in pairwise Markov random fields. {@link io.clearline.unfolding.mrf.MeanFieldLayer} unfolds
 * mean field; over units in layers it is the conventional sigmoid network.
 * {@link io.clearline.unfolding.mrf.MessageLayer} with {@link io.clearline.unfolding.mrf.BeliefReadOut} unfolds belief
 * propagation and the family of algorithms between it and mean field.
 */
package io.clearline.unfolding.mrf;
