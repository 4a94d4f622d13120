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
package io.clearline.evaluation.judge;

/**
 * The properties of a trial.
 *
 * @param name name that is unique in the set, and valid as a file name
 * @param kind kind of the trial
 * @param voice the speaker; null for none or unknown
 * @param noise the source of the noise; null for none or unknown
 * @param snrDb SNR of the mixture; NaN when there is no speech or no noise
 */
public record TrialLabel(String name, TrialKind kind, String voice, String noise, double snrDb) {}
