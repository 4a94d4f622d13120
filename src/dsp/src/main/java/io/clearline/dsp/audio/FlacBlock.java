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

import java.util.Arrays;

/**
 * Encodes one FLAC frame (RFC 9639, section 9). Each channel is a constant or a fixed prediction with a Rice-coded
 * residual. Thread-confined.
 */
final class FlacBlock {
    private static final int MAX_ORDER = 4;
    private static final int MAX_PARTITION_ORDER = 5;
    private static final int MAX_RICE = 30;
    private static final int[] CRC_16 = FlacBits.table(0x8005, 16);
    private static final int[] CRC_8 = FlacBits.table(0x07, 8);

    private byte[] bytes = new byte[1 << 14];
    private int length;
    private long cache;
    private int cacheBits;

    /**
     * Encodes a frame.
     *
     * @param samples {@code [channels x count]}
     * @param count samples of each channel
     * @param bits bits of a sample
     * @return a reused array, of which the first {@link #length} bytes are the frame
     */
    byte[] encode(long[][] samples, int count, long frameNumber, int bits) {
        length = 0;
        cacheBits = 0;
        header(samples.length, count, frameNumber);
        for (long[] channel : samples) {
            subframe(channel, count, bits);
        }
        put(0, (8 - cacheBits % 8) % 8);
        put(crc(CRC_16, 16), 16);
        return bytes;
    }

    int length() {
        return length;
    }

    private void header(int channels, int count, long frameNumber) {
        put(0x3ffe << 2, 16);
        // Code 7: the block size follows in 16 bits at the end of the header. Codes 0: sample rate and bits as in the
        // STREAMINFO block.
        put(7, 4);
        put(0, 4);
        put(channels - 1, 4);
        put(0, 4);
        utf8(frameNumber);
        put(count - 1, 16);
        put(crc(CRC_8, 8), 8);
    }

    /** Writes a number in the coding that UTF-8 uses for characters, extended to 36 bits. */
    private void utf8(long number) {
        if (number < 0x80) {
            put(number, 8);
            return;
        }
        int more = 1;
        while (number >>> (6 * more + 6 - more) != 0) {
            more++;
        }
        put(0xff00 >>> (more + 1) & 0xff | number >>> 6 * more, 8);
        for (int i = more - 1; i >= 0; i--) {
            put(0x80 | number >>> 6 * i & 0x3f, 8);
        }
    }

    private void subframe(long[] samples, int count, int bits) {
        int order = bestOrder(samples, count);
        if (order < 0) {
            put(0, 8);
            put(samples[0], bits);
            return;
        }
        put(8 + order << 1, 8);
        for (int i = 0; i < order; i++) {
            put(samples[i], bits);
        }
        long[] residuals = new long[count];
        for (int i = order; i < count; i++) {
            residuals[i] = residual(samples, i, order);
        }
        residuals(residuals, count, order);
    }

    /** Returns the order of the prediction with the smallest residual, or -1 if all samples are equal. */
    private static int bestOrder(long[] samples, int count) {
        boolean constant = true;
        for (int i = 1; i < count && constant; i++) {
            constant = samples[i] == samples[0];
        }
        if (constant) {
            return -1;
        }
        int best = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int order = 0; order <= Math.min(MAX_ORDER, count - 1); order++) {
            double sum = 0;
            for (int i = order; i < count; i++) {
                sum += Math.abs((double) residual(samples, i, order));
            }
            // Decoders may assume that residuals fit in 32 bits.
            if (sum < smallest && (order == 0 || fits32(samples, count, order))) {
                smallest = sum;
                best = order;
            }
        }
        return best;
    }

    private static boolean fits32(long[] samples, int count, int order) {
        for (int i = order; i < count; i++) {
            if (Math.abs(residual(samples, i, order)) >= Integer.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    private static long residual(long[] s, int i, int order) {
        return switch (order) {
            case 0 -> s[i];
            case 1 -> s[i] - s[i - 1];
            case 2 -> s[i] - 2 * s[i - 1] + s[i - 2];
            case 3 -> s[i] - 3 * s[i - 1] + 3 * s[i - 2] - s[i - 3];
            default -> s[i] - 4 * s[i - 1] + 6 * s[i - 2] - 4 * s[i - 3] + s[i - 4];
        };
    }

    /** Writes the residuals in as many partitions as fit, each with a Rice parameter of its own. */
    private void residuals(long[] residuals, int count, int order) {
        int partitionOrder = 0;
        while (partitionOrder < MAX_PARTITION_ORDER
                && count % (2 << partitionOrder) == 0
                && count >> (partitionOrder + 1) > MAX_ORDER) {
            partitionOrder++;
        }
        put(1, 2);
        put(partitionOrder, 4);
        int size = count >> partitionOrder;
        for (int from = 0; from < count; from += size) {
            int first = Math.max(from, order);
            int parameter = riceParameter(residuals, first, from + size);
            put(parameter, 5);
            for (int i = first; i < from + size; i++) {
                long folded = residuals[i] << 1 ^ residuals[i] >> 63;
                for (long zeros = folded >>> parameter; zeros > 0; zeros -= 32) {
                    put(0, (int) Math.min(32, zeros));
                }
                put(1, 1);
                put(folded, parameter);
            }
        }
    }

    /** Returns the Rice parameter for the mean magnitude of the residuals. */
    private static int riceParameter(long[] residuals, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs((double) residuals[i]);
        }
        double mean = to > from ? sum / (to - from) : 0;
        int parameter = 0;
        while (parameter < MAX_RICE && mean > 1L << parameter) {
            parameter++;
        }
        return parameter;
    }

    private void put(long value, int bits) {
        if (bits > 24) {
            put(value >>> 24, bits - 24);
            put(value, 24);
            return;
        }
        cache = cache << bits | value & (1L << bits) - 1;
        cacheBits += bits;
        while (cacheBits >= 8) {
            cacheBits -= 8;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) (cache >>> cacheBits);
        }
    }

    private int crc(int[] table, int bits) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc = (crc << 8 ^ table[(crc >> bits - 8 ^ bytes[i]) & 0xff]) & (1 << bits) - 1;
        }
        return crc;
    }
}
