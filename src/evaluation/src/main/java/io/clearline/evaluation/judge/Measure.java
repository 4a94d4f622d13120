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

/** What is measured of one trial. More is better where the name does not say otherwise. */
public enum Measure {
    /** BSS-Eval SDR of the input, in dB. */
    SDR_IN_DB,
    /** BSS-Eval SDR of the output, in dB. */
    SDR_OUT_DB,
    /** What was gained in BSS-Eval SDR. */
    SDR_GAIN_DB,
    /** Scale-invariant SDR of the output, in dB. */
    SI_SDR_OUT_DB,
    /** What was gained in scale-invariant SDR. */
    SI_SDR_GAIN_DB,
    /** Intelligibility of the input. */
    STOI_IN,
    /** Intelligibility of the output. */
    STOI_OUT,
    /** Extended STOI of the input. */
    ESTOI_IN,
    /** Extended STOI of the output. */
    ESTOI_OUT,
    /** Level of the speech in the output beside the reference; 0 is right. */
    SPEECH_LEVEL_DB,
    /** Gain in SNR over the first 250 ms less that over the rest; 0 is right. */
    START_GAP_DB,
    /** Clean speech: BSS-Eval SDR of the output against the input. */
    CLEAN_SDR_DB,
    /** Noise alone, after the first second: level of the input above that of the output. */
    NOISE_ATTENUATION_DB,
    /** First 50 ms of speech after silence: level of the output beside the input; 0 is right. */
    ONSET_LEVEL_DB,
    /** First 50 ms of speech after silence: SNR of the output against the input. */
    ONSET_SNR_DB,
    /** Gain in SNR of the tenth minute less that of the second, of one minute played over and over; 0 is right. */
    DRIFT_DB,
    /** What the system estimates of its output SDR, less the measured; 0 is right. */
    ESTIMATE_ERROR_DB,
    /** 1 where the measured SDR lies in the band of the estimate, else 0; 0.8 on average is right. */
    ESTIMATE_IN_BAND;

    /** In camel case, as JSON has it. */
    public String jsonName() {
        StringBuilder json = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
            json.append(json.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return json.toString();
    }
}
