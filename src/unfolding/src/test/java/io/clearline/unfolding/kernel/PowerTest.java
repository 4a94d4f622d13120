package io.clearline.unfolding.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PowerTest {

    @Test
    void isWithinTwoMillionthsOfThePower() {
        for (float exponent : new float[] {-1, -0.9f, -0.5f, -0.25f, 0.3f, 0.5f, 0.75f, 1, 1.5f, 2}) {
            for (float x = 1e-9f; x < 1e9f; x *= 1.37f) {
                double exact = StrictMath.pow(x, exponent);
                assertThat(Math.abs(Power.of(x, exponent) / exact - 1))
                        .as("%s to the power of %s", x, exponent)
                        .isLessThan(2e-6);
            }
        }
    }

    @Test
    void oneToAnyPowerIsOne() {
        assertThat(Power.of(1, 0.37f)).isEqualTo(1);
    }
}
