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
package io.clearline.training.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.testkit.Signals;
import io.clearline.training.LossTerms;
import io.clearline.training.Recipe;
import io.clearline.training.mixing.Mixer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SegmentLossTest {
    private static final double BIN_HZ = 25;
    private static final double HOPS_PER_SECOND = 50;

    private final Recipe recipe = recipe();
    private final SegmentBatch batch = new SegmentBatch(recipe, 0, 1);

    SegmentLossTest() throws Exception {
        float[] speech = Signals.sine(recipe.segmentSamples(), 440, recipe.sampleRateHz(), 0.3);
        for (int i = 0; i < speech.length; i++) {
            speech[i] *= (float) (0.5 + 0.5 * Math.sin(0.0008 * i));
        }
        batch.fill(0, Mixer.mix(speech, Signals.whiteNoise(speech.length, 0.2, 1), 0, 1));
    }

    private static Recipe recipe() throws Exception {
        return Recipe.named("live-16k");
    }

    @Test
    void anUnchangedMixtureAtZeroDecibelsHasALossOfZero() {
        assertThat(loss(LossTerms.SNR_ONLY, 1)).isCloseTo(0, within(0.5));
    }

    @Test
    void takingSpeechAwayCostsMoreThanLeavingNoise() {
        LossTerms strict = new LossTerms(1, 3, 0, 0, 1e-3);

        assertThat(loss(strict, 0)).isGreaterThan(loss(LossTerms.SNR_ONLY, 0) + 1);
        assertThat(loss(strict, 1)).isCloseTo(loss(LossTerms.SNR_ONLY, 1), within(0.3));
    }

    @Test
    void anEnvelopeThatFollowsCostsLessThanOneThatDoesNot() {
        LossTerms envelopes = new LossTerms(1, 0, 20, 0, 1e-3);
        float[] ideal = new float[batch.mixturePower.length];
        for (int n = 0; n < ideal.length; n++) {
            ideal[n] = (float) Math.sqrt(batch.speechPower[n] / Math.max(batch.mixturePower[n], 1e-9f));
        }

        assertThat(loss(envelopes, ideal) - loss(LossTerms.SNR_ONLY, ideal)).isLessThan(0.1);
        assertThat(loss(envelopes, 1) - loss(LossTerms.SNR_ONLY, 1)).isGreaterThan(1);
    }

    @Test
    void noiseAloneRewardsSilence() {
        SegmentBatch noise = new SegmentBatch(recipe, 0, 1);
        float[] silence = new float[recipe.segmentSamples()];
        noise.fill(0, new Mixer.Mixture(silence, Signals.whiteNoise(silence.length, 0.2, 1), 0));

        assertThat(loss(LossTerms.SNR_ONLY, noise, mask(0.1f)))
                .isLessThan(loss(LossTerms.SNR_ONLY, noise, mask(1)) - 15);
    }

    private double loss(LossTerms terms, float mask) {
        return loss(terms, mask(mask));
    }

    private double loss(LossTerms terms, float[] mask) {
        return loss(terms, batch, mask);
    }

    private static double loss(LossTerms terms, SegmentBatch batch, float[] mask) {
        int bins = batch.mixturePower.length / batch.columns();
        SegmentLoss loss =
                new SegmentLoss(terms, bins, BIN_HZ, HOPS_PER_SECOND, batch.columns(), batch.hopsPerSegment());
        return loss.compute(mask, batch, new float[mask.length]);
    }

    private float[] mask(float value) {
        float[] mask = new float[batch.mixturePower.length];
        Arrays.fill(mask, value);
        return mask;
    }
}
