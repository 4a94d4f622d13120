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

/**
 * A system under evaluation. Implementations must be thread-safe, because trials are enhanced concurrently. The state
 * of the system starts afresh for each trial.
 */
public interface Subject {
    /** Returns the name of the system in reports. */
    String name();

    /**
     * Prepares for a set of trials. Called once before the first trial. A system may enhance all trials here.
     *
     * @throws IOException when the system fails
     */
    default void prepare(TrialSet trials) throws IOException {
        // Most systems enhance one trial at a time.
    }

    /**
     * Enhances one trial. The output may be delayed, by the same delay for all trials, and may be longer or shorter
     * than the input.
     *
     * @throws IOException when the system fails; the message explains the failure
     */
    Output enhance(Trial trial) throws IOException;

    /**
     * The output of a system.
     *
     * @param samples samples at the rate of the trial, full scale 1
     * @param estimate the system's estimate of its output SDR; null for none
     */
    record Output(float[] samples, SdrEstimate estimate) {
        /** Returns an output without an estimate. */
        public static Output of(float[] samples) {
            return new Output(samples, null);
        }
    }

    /**
     * An estimate of the output SDR without access to the reference.
     *
     * @param db the estimate
     * @param lowDb lower limit of the 80 % prediction interval
     * @param highDb upper limit of the same interval
     */
    record SdrEstimate(double db, double lowDb, double highDb) {}
}
