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
package io.clearline.dsp;

/** Converts between signed little-endian samples of 16 bits and floats with full scale 1. Stateless. */
public final class Pcm16 {
    private static final float FULL_SCALE = 32768f;

    private Pcm16() {}

    /** Decodes {@code samples} samples; {@code offset} counts bytes. */
    @HotPath
    public static void decode(byte[] bytes, int offset, float[] out, int outOffset, int samples) {
        for (int i = 0; i < samples; i++) {
            int value = (bytes[offset + 2 * i] & 0xff) | bytes[offset + 2 * i + 1] << 8;
            out[outOffset + i] = value / FULL_SCALE;
        }
    }

    /** Encodes {@code length} samples, rounded to the nearest and clamped; {@code outOffset} counts bytes. */
    @HotPath
    public static void encode(float[] samples, int offset, byte[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            int value = toInt(samples[offset + i]);
            out[outOffset + 2 * i] = (byte) value;
            out[outOffset + 2 * i + 1] = (byte) (value >> 8);
        }
    }

    /** Returns the value of 16 bits that is nearest to a float, clamped; 0 for NaN. */
    @HotPath
    static int toInt(float sample) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample * FULL_SCALE)));
    }
}
