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

import io.clearline.dsp.Stft;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.features.FeatureExtractor;
import io.clearline.inference.features.FeatureState;
import io.clearline.inference.model.FeatureSpec;
import java.util.Arrays;

/**
 * Enhances whole signals with any {@link MaskNetwork}. Analysis, features and synthesis are those of the production
 * inference; it serves networks for which there is no production kernel. Thread-confined.
 */
public final class MaskEnhancer {
    private final StftSpec spec;
    private final MaskNetwork network;
    private final Stft stft;
    private final FeatureExtractor features;

    public MaskEnhancer(StftSpec spec, FeatureSpec features, MaskNetwork network) {
        this.spec = spec;
        this.network = network;
        stft = new Stft(spec);
        this.features = new FeatureExtractor(features, spec.bins());
    }

    /** Returns the enhanced signal, aligned with the input and of the same length. */
    public float[] enhance(float[] samples) {
        int hops = (samples.length + spec.overlapSamples() + spec.hopSamples() - 1) / spec.hopSamples();
        float[] padded = new float[(hops - 1) * spec.hopSamples() + spec.windowSamples()];
        System.arraycopy(samples, 0, padded, spec.overlapSamples(), samples.length);
        float[] spectra = new float[hops * 2 * spec.bins()];
        float[] input = new float[hops * features.inputRows()];
        FeatureState state = features.newState();
        for (int hop = 0; hop < hops; hop++) {
            stft.analyse(padded, hop * spec.hopSamples(), spectra, hop * 2 * spec.bins());
            features.push(state, spectra, hop * 2 * spec.bins(), input, hop * features.inputRows(), 1);
        }
        float[] masks = network.masks(input, hops);
        Arrays.fill(padded, 0);
        for (int hop = 0; hop < hops; hop++) {
            for (int i = 0; i < 2 * spec.bins(); i++) {
                spectra[hop * 2 * spec.bins() + i] *= masks[hop * spec.bins() + i % spec.bins()];
            }
            stft.synthesiseInto(spectra, hop * 2 * spec.bins(), padded, hop * spec.hopSamples());
        }
        return Arrays.copyOfRange(padded, spec.overlapSamples(), spec.overlapSamples() + samples.length);
    }
}
