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

import java.util.Locale;

/** The measures of a trial. Higher is better unless noted. The names are part of the JSON format of reports. */
public enum Measure {
    /** BSS-Eval SDR of the input, in dB. */
    SDR_IN_DB,
    /** BSS-Eval SDR of the output, in dB. */
    SDR_OUT_DB,
    /** Gain in BSS-Eval SDR, in dB. */
    SDR_GAIN_DB,
    /** Scale-invariant SDR of the output, in dB. */
    SI_SDR_OUT_DB,
    /** Gain in scale-invariant SDR, in dB. */
    SI_SDR_GAIN_DB,
    /** STOI of the input. */
    STOI_IN,
    /** STOI of the output. */
    STOI_OUT,
    /** Extended STOI of the input. */
    ESTOI_IN,
    /** Extended STOI of the output. */
    ESTOI_OUT,
    /** Level of the speech in the output relative to the reference; ideally 0. */
    SPEECH_LEVEL_DB,
    /** SNR gain over the first 250 ms minus that over the rest; ideally 0. */
    START_GAP_DB,
    /** Clean speech: BSS-Eval SDR of the output relative to the input. */
    CLEAN_SDR_DB,
    /** Noise alone, after the first second: level of the input relative to the output. */
    NOISE_ATTENUATION_DB,
    /** First 50 ms of speech after silence: level of the output relative to the input; ideally 0. */
    ONSET_LEVEL_DB,
    /** First 50 ms of speech after silence: SNR of the output relative to the input. */
    ONSET_SNR_DB,
    /** SNR gain in the tenth minute minus that in the second, of one minute that is repeated; ideally 0. */
    DRIFT_DB,
    /** Output SDR as estimated by the system minus the measured one; ideally 0. */
    ESTIMATE_ERROR_DB,
    /** 1 when the measured SDR lies in the prediction interval of the estimate, else 0; ideally 0.8 on average. */
    ESTIMATE_IN_BAND;

    /** Returns the name in JSON, in camel case. */
    public String jsonName() {
        StringBuilder json = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
            json.append(json.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return json.toString();
    }
}
