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
package io.clearline.training.frames;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The objective of a mask. Errors are relative to the energy of the speech of each segment, so that loud segments do
 * not dominate.
 */
public enum Objective {
    /** {@code D_2(|S| | mask |X|)}: half the squared error of the masked magnitudes, as in the deep NMF paper. */
    @JsonProperty("magnitude")
    MAGNITUDE,
    /** {@code |mask X - S|^2 / 2}: half the squared error of the complex spectrum. */
    @JsonProperty("phase-sensitive")
    PHASE_SENSITIVE,
    /** The negative SNR of the complex spectrum in dB, averaged over the segments. */
    @JsonProperty("log-snr")
    LOG_SNR;

    boolean isPhaseSensitive() {
        return this != MAGNITUDE;
    }
}
