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

import java.io.IOException;

/** A system under judgement. Thread-safe: several trials are enhanced at once, each from a fresh start. */
public interface Subject {
    /** As reports call it. */
    String name();

    /** Told once, before the first trial: a chance to enhance all of them in one go. */
    default void prepare(TrialSet trials) throws IOException {
        // Most enhance one after the other.
    }

    /**
     * Enhances one trial. The output may come late, by one delay for all trials, and may be longer or shorter than the
     * input.
     *
     * @throws IOException when the system fails; says how
     */
    Output enhance(Trial trial) throws IOException;

    /**
     * What a system gave.
     *
     * @param samples at the trial's rate
     * @param estimate what the system believes of its own output; null when it says nothing
     */
    record Output(float[] samples, SdrEstimate estimate) {
        /** Of a system without an estimate. */
        public static Output of(float[] samples) {
            return new Output(samples, null);
        }
    }

    /** Output SDR as a system estimates it without the reference, with the band that holds it four times in five. */
    record SdrEstimate(double db, double lowDb, double highDb) {}
}
