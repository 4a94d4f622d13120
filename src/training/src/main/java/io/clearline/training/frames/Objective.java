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
 * What a mask is trained for. Every segment counts relative to the energy of its own speech, so loud ones don't rule.
 */
public enum Objective {
    /** {@code D_2(|S| | mask |X|)}: half the squared error of the masked magnitudes, the paper's. */
    @JsonProperty("magnitude")
    MAGNITUDE,
    /** Half the squared error against the complex spectrum, {@code |mask X - S|^2 / 2}. */
    @JsonProperty("phase-sensitive")
    PHASE_SENSITIVE,
    /** The mean over the segments of the negative SNR in dB against the complex spectrum. */
    @JsonProperty("log-snr")
    LOG_SNR;

    boolean isPhaseSensitive() {
        return this != MAGNITUDE;
    }
}
