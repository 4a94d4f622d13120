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
 * One network on one task.
 *
 * @param task number of the field
 * @param depth number of updates before the read-out
 * @param alpha 0 is mean field, 1 belief propagation
 * @param untrained with the true model's weights in every layer: the algorithm as it is, stopped
 * @param trained the same network after its training
 * @param exact the best that anyone can do
 */
public record MrfResult(
        int task, int depth, double alpha, MrfScore untrained, MrfScore trained, MrfScore exact, int parameters) {}
