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
package io.clearline.training.corpus;

import java.io.IOException;

/**
 * Unpacks data in the RNC format, method 1, as Rob Northen's ProPack wrote it in the nineties: after a header, chunks
 * of literal runs and of copies from before, their lengths and distances by three Huffman codes a chunk. Bits come from
 * 16-bit words, lowest first; literals lie between the words. One use.
 */
final class RncData {
    private static final int HEADER_BYTES = 18;
    private static final int UNPACKED_SIZE = 4;
    private static final int CHUNKS = 17;
    private static final int MAX_CODES = 16;
    private static final int WORD_BITS = 16;

    private final byte[] packed;
    private final byte[] out;
    private int written;
    /** Where the last word came from that is in {@link #bits}. */
    private int at;

    private int bits;
    private int bitCount;

    private RncData(byte[] packed, int from) {
        this.packed = packed;
        out = new byte[bigEndian(from + UNPACKED_SIZE)];
        at = from + HEADER_BYTES;
        bits = word(at);
        bitCount = WORD_BITS;
    }

    /** Whether packed data begins here. */
    static boolean isAt(byte[] bytes, int from) {
        return from + HEADER_BYTES < bytes.length
                && bytes[from] == 'R'
                && bytes[from + 1] == 'N'
                && bytes[from + 2] == 'C'
                && bytes[from + 3] == 1;
    }

    /**
     * The unpacked data.
     *
     * @throws IOException when the packed data is broken
     */
    static byte[] unpack(byte[] bytes, int from) throws IOException {
        try {
            RncData data = new RncData(bytes, from);
            data.take(2);
            for (int chunk = bytes[from + CHUNKS] & 0xff; chunk > 0; chunk--) {
                data.unpackChunk();
            }
            return data.out;
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IOException("The packed data at byte " + from + " is broken.", e);
        }
    }

    private void unpackChunk() throws IOException {
        Code literals = new Code();
        Code distances = new Code();
        Code lengths = new Code();
        for (int left = take(WORD_BITS); left > 0; left--) {
            copyLiterals(literals.next());
            if (left > 1) {
                int distance = distances.next() + 1;
                for (int length = lengths.next() + 2; length > 0; length--) {
                    out[written] = out[written - distance];
                    written++;
                }
            }
        }
    }

    /** The word that was read ahead was none: literals lie there, and the word comes after them. */
    private void copyLiterals(int length) {
        if (length == 0) {
            return;
        }
        System.arraycopy(packed, at, out, written, length);
        written += length;
        at += length;
        bitCount -= WORD_BITS;
        bits = bits & (1 << bitCount) - 1 | word(at) << bitCount;
        bitCount += WORD_BITS;
    }

    private int take(int count) {
        int taken = bits & (1 << count) - 1;
        bits >>>= count;
        bitCount -= count;
        if (bitCount < WORD_BITS) {
            at += 2;
            bits |= word(at) << bitCount;
            bitCount += WORD_BITS;
        }
        return taken;
    }

    /** Little-endian; 0 behind the end, where only bits are read ahead that nobody takes. */
    private int word(int place) {
        int low = place < packed.length ? packed[place] & 0xff : 0;
        int high = place + 1 < packed.length ? packed[place + 1] & 0xff : 0;
        return low | high << 8;
    }

    private int bigEndian(int place) {
        return (packed[place] & 0xff) << 24
                | (packed[place + 1] & 0xff) << 16
                | (packed[place + 2] & 0xff) << 8
                | packed[place + 3] & 0xff;
    }

    /** A canonical Huffman code of up to 16 leaves; leaf n above 1 means n - 1 more bits below a one. */
    private final class Code {
        private final int[] lengths;
        private final int[] codes;

        Code() throws IOException {
            int leaves = take(5);
            if (leaves > MAX_CODES) {
                throw new IOException("Expected a code of at most " + MAX_CODES + " leaves, found " + leaves + ".");
            }
            lengths = new int[leaves];
            codes = new int[leaves];
            for (int leaf = 0; leaf < leaves; leaf++) {
                lengths[leaf] = take(4);
            }
            int code = 0;
            for (int length = 1; length < WORD_BITS; length++) {
                for (int leaf = 0; leaf < leaves; leaf++) {
                    if (lengths[leaf] == length) {
                        codes[leaf] = Integer.reverse(code++) >>> Integer.SIZE - length;
                    }
                }
                code <<= 1;
            }
        }

        int next() throws IOException {
            for (int leaf = 0; leaf < lengths.length; leaf++) {
                if (lengths[leaf] > 0 && (bits & (1 << lengths[leaf]) - 1) == codes[leaf]) {
                    take(lengths[leaf]);
                    return leaf < 2 ? leaf : 1 << leaf - 1 | take(leaf - 1);
                }
            }
            throw new IOException("The packed data has bits that are no code.");
        }
    }
}
