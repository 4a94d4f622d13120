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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parses the {@code fmt} chunk of WAV, RF64 and W64: WAVEFORMAT, WAVEFORMATEX and WAVEFORMATEXTENSIBLE of any length.
 * The size of a sample's container follows from the block align, not from the bits. Stateless.
 */
final class WaveFormatChunk {
    static final int PCM = 1;
    static final int FLOAT = 3;
    static final int A_LAW = 6;
    static final int MU_LAW = 7;
    static final int EXTENSIBLE = 0xfffe;

    /** The largest chunk that is read, far more than any format has. */
    static final int MAX_BYTES = 1 << 16;

    private static final int PLAIN_BYTES = 16;
    private static final int SUB_FORMAT_AT = 24;
    private static final int EXTENSIBLE_BYTES = 40;
    /** The rest of a sub-format's GUID after the format tag: xxxxxxxx-0000-0010-8000-00AA00389B71. */
    private static final byte[] GUID_TAIL = {0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71};
    /** The same for the ambisonic B-format: xxxxxxxx-0721-11D3-8644-C8C1CA000000. */
    private static final byte[] AMBISONIC_TAIL = {
        0x21, 0x07, (byte) 0xd3, 0x11, (byte) 0x86, 0x44, (byte) 0xc8, (byte) 0xc1, (byte) 0xca, 0, 0, 0
    };

    private WaveFormatChunk() {}

    /**
     * Parses the chunk.
     *
     * @param chunk the whole chunk, in the byte order of the file
     * @param warnings receives the assumptions that were necessary
     * @throws BadAudioException if the chunk contradicts itself or states an unsupported coding
     */
    static AudioSpec parse(String container, ByteBuffer chunk, List<String> warnings) throws BadAudioException {
        int length = chunk.remaining();
        if (length < PLAIN_BYTES) {
            throw new BadAudioException("its format chunk has " + length + " bytes; expected 16 or more");
        }
        int tag = chunk.getShort(0) & 0xffff;
        int channels = chunk.getShort(2) & 0xffff;
        long rateHz = chunk.getInt(4) & 0xffffffffL;
        int blockAlign = chunk.getShort(12) & 0xffff;
        int bits = chunk.getShort(14) & 0xffff;
        int validBits = bits;
        int mask = 0;
        if (tag == EXTENSIBLE) {
            tag = subFormat(chunk, length);
            validBits = chunk.getShort(18) & 0xffff;
            mask = chunk.getInt(20);
        }
        // Checks the number of channels before it is used as a divisor.
        AudioSpec.ofFile(container, rateHz, channels, mask, SampleFormat.PCM_16, AudioSpec.UNKNOWN);
        SampleFormat format = format(tag, bits, validBits, containerBytes(blockAlign, channels, bits, warnings));
        return AudioSpec.ofFile(container, rateHz, channels, mask, format, AudioSpec.UNKNOWN);
    }

    /** Checks the length that the head of the chunk states, before the chunk is read. */
    static void requireLength(long size) throws BadAudioException {
        if (size > MAX_BYTES) {
            throw new BadAudioException(
                    "its format chunk states " + size + " bytes; expected " + PLAIN_BYTES + " to " + MAX_BYTES);
        }
    }

    /** Returns whether a further format chunk states the same as the first one of the file. */
    static boolean agrees(ByteBuffer chunk, AudioSpec first) {
        try {
            return parse(first.container(), chunk, new ArrayList<>()).equals(first);
        } catch (BadAudioException e) {
            return false;
        }
    }

    private static int subFormat(ByteBuffer chunk, int length) throws BadAudioException {
        if (length < EXTENSIBLE_BYTES) {
            throw new BadAudioException("its format is extensible and its format chunk has " + length
                    + " bytes, too few to name the sub-format; expected 40 or more");
        }
        byte[] guid = new byte[16];
        chunk.duplicate().position(SUB_FORMAT_AT).get(guid);
        byte[] tail = Arrays.copyOfRange(guid, 4, guid.length);
        int tag = chunk.getInt(SUB_FORMAT_AT);
        if (!Arrays.equals(tail, GUID_TAIL) && !Arrays.equals(tail, AMBISONIC_TAIL) && !isBigEndianTail(tail)) {
            throw BadAudioException.foreign("its sub-format "
                    + java.util.HexFormat.of().formatHex(guid) + " is none of PCM, float, A-law and mu-law");
        }
        return tag;
    }

    /** Returns whether the tail is that of a RIFX file whose writer also swapped the numbers of the GUID. */
    private static boolean isBigEndianTail(byte[] tail) {
        byte[] swapped = GUID_TAIL.clone();
        swapped[2] = GUID_TAIL[3];
        swapped[3] = GUID_TAIL[2];
        return Arrays.equals(tail, swapped);
    }

    private static int containerBytes(int blockAlign, int channels, int bits, List<String> warnings)
            throws BadAudioException {
        if (blockAlign == 0 && bits > 0) {
            warnings.add("its block align is 0; the sound was read as samples of " + (bits + 7) / 8 + " bytes");
            return (bits + 7) / 8;
        }
        if (blockAlign == 0 || blockAlign % channels != 0 || 8 * (blockAlign / channels) < bits) {
            throw new BadAudioException("its header contradicts itself: " + channels + " channels of " + bits
                    + " bits don't fit a block align of " + blockAlign + " bytes");
        }
        return blockAlign / channels;
    }

    private static SampleFormat format(int tag, int bits, int validBits, int containerBytes) throws BadAudioException {
        SampleCoding coding =
                switch (tag) {
                    case PCM -> SampleCoding.PCM;
                    case FLOAT -> SampleCoding.FLOAT;
                    case A_LAW -> SampleCoding.A_LAW;
                    case MU_LAW -> SampleCoding.MU_LAW;
                    default ->
                        throw BadAudioException.foreign(
                                String.format("its format tag 0x%04x is none of PCM, float, A-law and mu-law", tag));
                };
        // Some writers leave the valid bits 0. More bits than the container has are invalid.
        boolean valid = coding == SampleCoding.PCM && validBits > 0 && validBits <= 8 * containerBytes;
        try {
            return new SampleFormat(coding, valid ? validBits : bits, containerBytes);
        } catch (IllegalArgumentException e) {
            throw new BadAudioException("its header states " + coding + " samples of " + bits + " bits in "
                    + containerBytes + " bytes; expected PCM of 1 to 64 bits in up to 8 bytes, float of 32 or 64 bits,"
                    + " or A-law or mu-law of 8");
        }
    }
}
