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
 * Evaluates complete systems of speech enhancement as black boxes. A {@link io.clearline.evaluation.judge.Subject}
 * enhances every trial of a {@link io.clearline.evaluation.judge.TrialSet}, the
 * {@link io.clearline.evaluation.judge.Judge} measures each output, and a
 * {@link io.clearline.evaluation.judge.Judgement} summarises the scores, with confidence intervals over voices and
 * noises.
 */
package io.clearline.evaluation.judge;
