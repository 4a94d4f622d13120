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
 * An enhancement model: everything that determines its output, as a model artifact stores it. The constructor checks
 * that the shapes of STFT, features and network fit. Immutable; safe to share between threads.
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
            throw new IllegalArgumentException(
                    "model " + id + ": expected a positive sample rate, found " + sampleRateHz + " Hz");
        }
        features.bands().ifPresent(bands -> requireEqual(id, "bins of the band matrix", stft.bins(), bands.bins()));
        requireEqual(id, "rows of the network's input", features.inputRows(stft.bins()), network.inputRows());
        requireEqual(id, "rows of the read-out", stft.bins(), network.bins());
    }

    /** Returns the same model with another id. */
    public EnhancementModel as(ModelId other) {
        return new EnhancementModel(other, sampleRateHz, stft, features, network, calibration);
    }

    /** Returns the same model with another calibration. */
    public EnhancementModel calibratedBy(SdrCalibration other) {
        return new EnhancementModel(id, sampleRateHz, stft, features, network, other);
    }

    /** Returns the delay from input to output without computing time: one window. */
    public int algorithmicDelaySamples() {
        return stft.windowSamples();
    }

    /** Returns the number of distinct weights. */
    public long parameters() {
        return network.parameters();
    }

    /** Returns the number of multiply-adds that the network needs for one second of audio. */
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
