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
package io.clearline.training;

import io.clearline.testkit.Signals;
import io.clearline.training.mixing.Mixer;
import io.clearline.training.segments.SegmentBatch;

/** Small recipes and seeded mixtures for tests. */
public final class TestTraining {
    private TestTraining() {}

    /**
     * Returns the recipe of a local network over bands and statistics, with three speech and two noise atoms per group.
     */
    public static Recipe local(int sampleRateHz, int windowSamples, int bands, int blocks, LocalShape shape) {
        return new Recipe(
                "test",
                sampleRateHz,
                windowSamples,
                windowSamples / 2,
                bands,
                1,
                true,
                3,
                2,
                blocks,
                false,
                10,
                2,
                0.6,
                0.05,
                1,
                NetworkKind.LOCAL,
                null,
                null,
                null,
                0,
                null,
                shape);
    }

    /** Fills a batch with tones in white noise at 3 dB. Their envelopes vary, which the envelope loss needs. */
    public static void fill(SegmentBatch batch, Recipe recipe, long seed) {
        int length = recipe.segmentSamples();
        for (int segment = 0; segment < recipe.segments(); segment++) {
            float[] speech = Signals.sine(length, 440 + 200 * segment, recipe.sampleRateHz(), 0.3);
            for (int i = 0; i < length; i++) {
                speech[i] *= (float) (0.6 + 0.4 * Math.sin(0.001 * (segment + 1) * i));
            }
            batch.fill(segment, Mixer.mix(speech, Signals.whiteNoise(length, 0.2, seed + segment), 3, 1));
        }
    }
}
