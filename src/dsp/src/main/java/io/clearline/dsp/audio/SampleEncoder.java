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
package io.clearline.dsp.audio;

import io.clearline.dsp.G711;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Encodes floats with full scale 1 as little-endian samples of one {@link SampleFormat}, rounded and clamped.
 * Immutable.
 */
final class SampleEncoder {
    private final SampleFormat format;

    SampleEncoder(SampleFormat format) {
        this.format = format;
    }

    /** Encodes {@code count} samples into the first bytes of {@code out}. */
    void encode(float[] samples, byte[] out, int count) {
        switch (format.coding()) {
            case A_LAW -> G711.encodeALaw(samples, 0, out, 0, count);
            case MU_LAW -> G711.encodeMuLaw(samples, 0, out, 0, count);
            case FLOAT -> encodeFloat(samples, out, count);
            case PCM -> encodePcm(samples, out, count);
        }
    }

    private void encodeFloat(float[] samples, byte[] out, int count) {
        ByteBuffer to = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            if (format.bits() == 32) {
                to.putFloat(samples[i]);
            } else {
                to.putDouble(samples[i]);
            }
        }
    }

    private void encodePcm(float[] samples, byte[] out, int count) {
        int width = format.containerBytes();
        int shift = 8 * width - format.bits();
        for (int i = 0, at = 0; i < count; i++, at += width) {
            long value = toInteger(samples[i], format.bits()) << shift;
            for (int b = 0; b < width; b++) {
                out[at + b] = (byte) (value >> 8 * b);
            }
            // WAV stores samples of one byte unsigned.
            if (width == 1) {
                out[at] ^= (byte) 0x80;
            }
        }
    }

    /** Returns the integer of {@code bits} bits that is nearest to a float, clamped; 0 for NaN. */
    static long toInteger(float sample, int bits) {
        double fullScale = Math.scalb(1.0, bits - 1);
        // Rounds halves up, as Pcm16 does.
        double nearest = Math.floor(sample * fullScale + 0.5);
        return (long) Math.max(-fullScale, Math.min(fullScale - 1, nearest));
    }
}
