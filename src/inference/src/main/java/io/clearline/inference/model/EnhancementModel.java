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
package io.clearline.inference.model;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.network.NetworkParameters;

/**
 * Everything that decides a model's output: what the artifact of a model holds. Immutable; safe to share between
 * threads.
 */
public record EnhancementModel(
        ModelId id,
        int sampleRateHz,
        StftSpec stft,
        FeatureSpec features,
        NetworkParameters network,
        SdrCalibration calibration) {

    public EnhancementModel {
        if (sampleRateHz < 1) {
            throw new IllegalArgumentException("model " + id + ": sample rate " + sampleRateHz + " Hz");
        }
        features.bands().ifPresent(bands -> requireEqual(id, "bins of the band matrix", stft.bins(), bands.bins()));
        requireEqual(id, "rows of the network's input", features.inputRows(stft.bins()), network.inputRows());
        requireEqual(id, "rows of the read-out", stft.bins(), network.bins());
    }

    /** The same model under another id. */
    public EnhancementModel as(ModelId other) {
        return new EnhancementModel(other, sampleRateHz, stft, features, network, calibration);
    }

    /** The same model with another calibration. */
    public EnhancementModel calibratedBy(SdrCalibration other) {
        return new EnhancementModel(id, sampleRateHz, stft, features, network, other);
    }

    /** From a sample coming in to the same instant going out, when computing takes no time: one window. */
    public int algorithmicDelaySamples() {
        return stft.windowSamples();
    }

    /** Number of distinct weights. */
    public long parameters() {
        return network.parameters();
    }

    /** Multiply-adds of the network for one second of audio. */
    public long multiplyAddsPerSecond() {
        return network.multiplyAddsPerHop() * sampleRateHz / stft.hopSamples();
    }

    private static void requireEqual(ModelId id, String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(
                    "model " + id + ": " + what + ": expected " + expected + ", found " + found);
        }
    }
}
