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
package io.clearline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SiSdrTest {

    @Test
    void isTheRatioOfTheScaledReferenceToTheOrthogonalRest() {
        // Reference (3, 4), estimate 2 (3, 4) + (4, -3): target energy 100, rest energy 25.
        assertThat(SiSdr.siSdrDb(new float[] {3, 4}, new float[] {10, 5})).isCloseTo(10 * Math.log10(4), within(1e-12));
    }

    @Test
    void aGainChangesNothing() {
        float[] speech = SpeechMixture.speech();
        float[] mixture = SpeechMixture.withWhiteNoise(speech, 3);
        float[] quieter = mixture.clone();
        for (int i = 0; i < quieter.length; i++) {
            quieter[i] *= 0.125f;
        }
        assertThat(SiSdr.siSdrDb(speech, quieter)).isCloseTo(SiSdr.siSdrDb(speech, mixture), within(1e-9));
    }
}
