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
 * A signal to enhance and the reference for the result. Both have the same length and full scale 1.
 *
 * @param label the properties of the trial
 * @param sampleRateHz sample rate of both signals
 * @param reference the speech alone, aligned with the input to the sample
 * @param input the signal that the system receives
 */
public record Trial(TrialLabel label, int sampleRateHz, float[] reference, float[] input) {
    /** The duration of the silence before the speech of {@link TrialKind#ONSET}. */
    public static final int ONSET_LEAD_SECONDS = 2;

    /** The number of repetitions of the mixture of {@link TrialKind#DRIFT}. */
    public static final int DRIFT_REPEATS = 10;

    public Trial {
        if (reference.length != input.length) {
            throw new IllegalArgumentException(
                    "Trial " + label.name() + ": expected a reference and an input of" + " the same length, found "
                            + reference.length + " and " + input.length + " samples. Cut them to the same length.");
        }
    }
}
