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

/** What a trial is about, and so what is measured in it. */
public enum TrialKind {
    /** Speech and noise: how much closer to the speech does the output come? */
    MIXTURE,
    /** Speech alone: what is taken away that should stay? */
    CLEAN,
    /** Noise alone, with a silent reference: how much of it goes? */
    NOISE,
    /** Digital silence of {@link Trial#ONSET_LEAD_SECONDS}, then speech at once: is its beginning there? */
    ONSET,
    /** One minute of a mixture, {@link Trial#DRIFT_REPEATS} times over: does the tenth minute sound like the second? */
    DRIFT
}
