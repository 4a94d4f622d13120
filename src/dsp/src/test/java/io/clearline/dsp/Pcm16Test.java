package io.clearline.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Pcm16Test {
    @Test
    void every16BitValueComesBack() {
        byte[] bytes = new byte[2];
        float[] sample = new float[1];
        for (int value = Short.MIN_VALUE; value <= Short.MAX_VALUE; value++) {
            sample[0] = value / 32768f;
            Pcm16.encode(sample, 0, bytes, 0, 1);
            assertThat((bytes[0] & 0xff) | bytes[1] << 8).isEqualTo(value);
            sample[0] = 9f;
            Pcm16.decode(bytes, 0, sample, 0, 1);
            assertThat(sample[0]).isEqualTo(value / 32768f);
        }
    }

    @Test
    void roundsToTheNearest() {
        assertThat(Pcm16.toInt(0.49f / 32768)).isZero();
        assertThat(Pcm16.toInt(0.51f / 32768)).isEqualTo(1);
        assertThat(Pcm16.toInt(-0.49f / 32768)).isZero();
        assertThat(Pcm16.toInt(-0.51f / 32768)).isEqualTo(-1);
    }

    @Test
    void clampsBeyondFullScale() {
        assertThat(Pcm16.toInt(1f)).isEqualTo(32767);
        assertThat(Pcm16.toInt(-1.5f)).isEqualTo(-32768);
        assertThat(Pcm16.toInt(Float.POSITIVE_INFINITY)).isEqualTo(32767);
        assertThat(Pcm16.toInt(Float.NEGATIVE_INFINITY)).isEqualTo(-32768);
    }

    @Test
    void makesSilenceOfNotANumber() {
        assertThat(Pcm16.toInt(Float.NaN)).isZero();
    }
}
