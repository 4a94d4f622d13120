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

/** The kind of a trial, which determines the measures that apply to it. The names are part of the JSON format. */
public enum TrialKind {
    /** Speech and noise: how much closer to the speech is the output? */
    MIXTURE,
    /** Speech alone: how much of it is damaged? */
    CLEAN,
    /** Noise alone, with a silent reference: how much of it is removed? */
    NOISE,
    /** {@link Trial#ONSET_LEAD_SECONDS} seconds of digital silence, then speech: is its beginning preserved? */
    ONSET,
    /**
     * One minute of a mixture, {@link Trial#DRIFT_REPEATS} times: is the tenth minute enhanced as well as the second?
     */
    DRIFT
}
