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

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the bits of one FLAC frame, most significant first, and computes both of its checksums. Keeps the bytes of the
 * frame, so that the search for the next frame can start inside a damaged one. Thread-confined.
 */
final class FlacBits {
    /** Larger than any FLAC frame: 65,535 samples of 8 channels with 33 bits. */
    private static final int MAX_FRAME_BYTES = 3 << 20;

    private static final int[] CRC_16 = table(0x8005, 16);
    private static final int[] CRC_8 = table(0x07, 8);

    private final ByteSource source;
    private byte[] taken = new byte[1 << 14];
    private int takenBytes;
    private long cache;
    private int cacheBits;
    private int crc16;
    private int crc8;

    FlacBits(ByteSource source) {
        this.source = source;
    }

    /** Starts a frame at the next byte. */
    void begin() {
        takenBytes = 0;
        cacheBits = 0;
        crc16 = 0;
        crc8 = 0;
    }

    /** Puts back all bytes of the frame except the first, so that the search for the next frame can start there. */
    void unreadFrame() {
        source.unread(taken, 1, takenBytes - 1);
        takenBytes = 0;
        cacheBits = 0;
    }

    /** Returns the number of bytes of this frame that have been read. */
    int takenBytes() {
        return takenBytes;
    }

    /** Returns the CRC-8 of the bytes read so far. */
    int crc8() {
        return crc8;
    }

    /** Returns the CRC-16 of the bytes read so far. */
    int crc16() {
        return crc16;
    }

    /** Reads an unsigned integer of up to 56 bits. */
    long unsigned(int bits) throws IOException {
        while (cacheBits < bits) {
            cache = cache << 8 | nextByte();
            cacheBits += 8;
        }
        cacheBits -= bits;
        return cache >>> cacheBits & (1L << bits) - 1;
    }

    /** Reads a signed integer of up to 56 bits in two's complement. */
    long signed(int bits) throws IOException {
        return bits == 0 ? 0 : unsigned(bits) << (64 - bits) >> (64 - bits);
    }

    /** Reads a unary number: the number of zeros before the next one. */
    int unary() throws IOException {
        int zeros = 0;
        while (true) {
            if (cacheBits == 0) {
                cache = nextByte();
                cacheBits = 8;
            }
            long left = cache & (1L << cacheBits) - 1;
            if (left == 0) {
                zeros += cacheBits;
                cacheBits = 0;
            } else {
                int leading = Long.numberOfLeadingZeros(left) - (64 - cacheBits);
                cacheBits -= leading + 1;
                return zeros + leading;
            }
        }
    }

    /** Skips the bits up to the next byte boundary. */
    void align() {
        cacheBits -= cacheBits % 8;
    }

    private int nextByte() throws IOException {
        int value = source.read();
        if (value < 0) {
            throw new EOFException("it breaks off");
        }
        if (takenBytes == taken.length) {
            if (takenBytes > MAX_FRAME_BYTES) {
                throw new BadAudioException("its frame is longer than any can be");
            }
            taken = Arrays.copyOf(taken, 2 * takenBytes);
        }
        taken[takenBytes++] = (byte) value;
        crc16 = crc16 << 8 & 0xffff ^ CRC_16[crc16 >> 8 ^ value];
        crc8 = CRC_8[crc8 ^ value];
        return value;
    }

    /** Returns the table of a CRC whose most significant bit comes first. */
    static int[] table(int polynomial, int bits) {
        int[] table = new int[256];
        int top = 1 << (bits - 1);
        for (int i = 0; i < table.length; i++) {
            int value = i << (bits - 8);
            for (int b = 0; b < 8; b++) {
                value = (value & top) != 0 ? value << 1 ^ polynomial : value << 1;
            }
            table[i] = value & (1 << bits) - 1;
        }
        return table;
    }
}
