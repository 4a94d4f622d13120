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
 * Decompresses data in the RNC format, method 1, of Rob Northen's ProPack. A header is followed by chunks. A chunk
 * alternates runs of literals with copies of earlier output (LZ77); three Huffman codes per chunk encode the lengths of
 * the runs and the distances and lengths of the copies. Bits are read from little-endian 16-bit words, lowest bit
 * first. Literals lie between these words, byte-aligned. An instance is used for one decompression.
 */
final class RncData {
    private static final int HEADER_BYTES = 18;
    /** Offset of the decompressed size. */
    private static final int UNPACKED_SIZE = 4;

    /** Offset of the number of chunks. */
    private static final int CHUNKS = 17;

    private static final int MAX_CODES = 16;
    private static final int WORD_BITS = 16;

    private final byte[] packed;
    private final byte[] out;
    private int written;
    /** Position of the last word that has been read into {@link #bits}. */
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

    /** Returns whether packed data begins at a position. */
    static boolean isAt(byte[] bytes, int from) {
        return from + HEADER_BYTES < bytes.length
                && bytes[from] == 'R'
                && bytes[from + 1] == 'N'
                && bytes[from + 2] == 'C'
                && bytes[from + 3] == 1;
    }

    /**
     * Returns the decompressed data.
     *
     * @throws IOException if the packed data is corrupt
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
            throw new IOException("The RNC data at byte " + from + " is corrupt.", e);
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

    /** Copies a run of literals. The word that was read ahead belongs to them, so it is read again after the run. */
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

    /** Consumes bits and refills the buffer, which always holds at least one whole word. */
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

    /** Returns the little-endian word at a position. Past the end, where words are only read ahead, it is 0. */
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

    /**
     * A canonical Huffman code of up to 16 leaves. Leaves 0 and 1 stand for their number; a leaf n above 1 is followed
     * by n - 1 bits, which are the value below its leading one.
     */
    private final class Code {
        private final int[] lengths;
        private final int[] codes;

        Code() throws IOException {
            int leaves = take(5);
            if (leaves > MAX_CODES) {
                throw new IOException("The RNC data is corrupt: expected a code of at most " + MAX_CODES
                        + " leaves, found " + leaves + ".");
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
            throw new IOException("The RNC data is corrupt: found bits that match no code.");
        }
    }
}
