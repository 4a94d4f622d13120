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
