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

/**
 * The part of a {@link Recipe} that only local networks have: the parameters of their shape. In such a recipe
 * {@code layers} is the number of blocks, and the numbers of atoms are those of one group. Immutable.
 *
 * <p>The component names are part of the recipe format and of checkpoints.
 *
 * @param groups number of overlapping groups of rows
 * @param groupRows number of rows of each group
 * @param channels number of channels of each group
 * @param sections number of sections; the groups of a section share their matrices
 */
public record LocalShape(int groups, int groupRows, int channels, int sections) {}
