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

/** The bits of one FLAC frame as it is written: each channel constant, or a fixed prediction with Rice-coded rest. */
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
     * Encodes.
     *
     * @param samples {@code [channels x length]}
     * @return the bytes, the first {@link #length} of the array
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
        // Length in 16 bits at the end of the header; rate and bits as the stream's description says.
        put(7, 4);
        put(0, 4);
        put(channels - 1, 4);
        put(0, 4);
        utf8(frameNumber);
        put(count - 1, 16);
        put(crc(CRC_8, 8), 8);
    }

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
        long[] rest = new long[count];
        for (int i = order; i < count; i++) {
            rest[i] = residual(samples, i, order);
        }
        residuals(rest, count, order);
    }

    /** The order whose prediction leaves least; -1: all samples are the same. */
    private static int bestOrder(long[] samples, int count) {
        boolean constant = true;
        for (int i = 1; i < count && constant; i++) {
            constant = samples[i] == samples[0];
        }
        if (constant) {
            return -1;
        }
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int order = 0; order <= Math.min(MAX_ORDER, count - 1); order++) {
            double sum = 0;
            for (int i = order; i < count; i++) {
                sum += Math.abs((double) residual(samples, i, order));
            }
            // What is left must fit 32 bits for every decoder.
            if (sum < least && (order == 0 || fits32(samples, count, order))) {
                least = sum;
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

    private void residuals(long[] rest, int count, int order) {
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
            int parameter = riceParameter(rest, first, from + size);
            put(parameter, 5);
            for (int i = first; i < from + size; i++) {
                long folded = rest[i] << 1 ^ rest[i] >> 63;
                for (long zeros = folded >>> parameter; zeros > 0; zeros -= 32) {
                    put(0, (int) Math.min(32, zeros));
                }
                put(1, 1);
                put(folded, parameter);
            }
        }
    }

    private static int riceParameter(long[] rest, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs((double) rest[i]);
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
