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

/** Converts between the two companding laws of ITU-T G.711 and floats with full scale 1. Stateless. */
public final class G711 {
    private static final float FULL_SCALE = 32768f;
    private static final float[] MU_LAW = new float[256];
    private static final float[] A_LAW = new float[256];

    static {
        for (int code = 0; code < 256; code++) {
            MU_LAW[code] = muLawToInt(code) / FULL_SCALE;
            A_LAW[code] = aLawToInt(code) / FULL_SCALE;
        }
    }

    private G711() {}

    /** Decodes {@code samples} bytes of mu-law. */
    @HotPath
    public static void decodeMuLaw(byte[] bytes, int offset, float[] out, int outOffset, int samples) {
        decode(MU_LAW, bytes, offset, out, outOffset, samples);
    }

    /** Decodes {@code samples} bytes of A-law. */
    @HotPath
    public static void decodeALaw(byte[] bytes, int offset, float[] out, int outOffset, int samples) {
        decode(A_LAW, bytes, offset, out, outOffset, samples);
    }

    /** Encodes {@code length} samples to mu-law. */
    @HotPath
    public static void encodeMuLaw(float[] samples, int offset, byte[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = (byte) intToMuLaw(Pcm16.toInt(samples[offset + i]));
        }
    }

    /** Encodes {@code length} samples to A-law. */
    @HotPath
    public static void encodeALaw(float[] samples, int offset, byte[] out, int outOffset, int length) {
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = (byte) intToALaw(Pcm16.toInt(samples[offset + i]));
        }
    }

    @HotPath
    private static void decode(float[] table, byte[] bytes, int offset, float[] out, int outOffset, int samples) {
        for (int i = 0; i < samples; i++) {
            out[outOffset + i] = table[bytes[offset + i] & 0xff];
        }
    }

    /** Decodes mu-law by G.711 table 2, scaled from 14 to 16 bits. All bits of a code are transmitted inverted. */
    static int muLawToInt(int code) {
        int inverted = ~code;
        int magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84;
        return (inverted & 0x80) != 0 ? -magnitude : magnitude;
    }

    /** Decodes A-law by G.711 table 1, scaled from 13 to 16 bits. The even bits of a code are transmitted inverted. */
    static int aLawToInt(int code) {
        int plain = code ^ 0x55;
        int segment = (plain & 0x70) >> 4;
        int magnitude = ((plain & 0x0f) << 4) + 8;
        if (segment > 0) {
            magnitude = (magnitude + 0x100) << (segment - 1);
        }
        return (plain & 0x80) != 0 ? magnitude : -magnitude;
    }

    /** Returns the mu-law code whose decision interval contains a value of 16 bits. */
    @HotPath
    static int intToMuLaw(int value) {
        int magnitude = Math.min(Math.abs(value) >> 2, 8158) + 33;
        int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
        int code = segment << 4 | (magnitude >> (segment + 1)) & 0x0f;
        return (value < 0 ? code | 0x80 : code) ^ 0xff;
    }

    /** Returns the A-law code whose decision interval contains a value of 16 bits. */
    @HotPath
    static int intToALaw(int value) {
        int magnitude = (value < 0 ? ~value : value) >> 3;
        int segment = Math.max(0, 27 - Integer.numberOfLeadingZeros(magnitude));
        int code = segment << 4 | (magnitude >> Math.max(1, segment)) & 0x0f;
        return (value < 0 ? code : code | 0x80) ^ 0x55;
    }
}
