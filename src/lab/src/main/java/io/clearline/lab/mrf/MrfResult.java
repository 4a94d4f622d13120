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
package io.clearline.lab.mrf;

/**
 * Result of one network on one field. The component names are keys of the result file. Immutable.
 *
 * @param task number of the field, from 0
 * @param depth number of updates before the read-out
 * @param alpha member of the message family; 0 is mean field, 1 is belief propagation
 * @param untrained score with the true model's weights in every layer, which is the algorithm itself stopped at this
 *     depth
 * @param trained score of the same network after its training
 * @param exact score of exact inference, the bound for all networks
 * @param parameters number of trained parameters
 */
public record MrfResult(
        int task, int depth, double alpha, MrfScore untrained, MrfScore trained, MrfScore exact, int parameters) {}
