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

import java.io.IOException;

/**
 * Decodes one channel of a FLAC frame: constant, verbatim, fixed prediction or linear prediction (RFC 9639, section
 * 9.2). Thread-confined.
 */
final class FlacSubframe {
    private static final int MAX_LPC_ORDER = 32;
    private static final int ESCAPE_BITS = 5;

    private final FlacBits bits;
    private final long[] coefficients = new long[MAX_LPC_ORDER];

    FlacSubframe(FlacBits bits) {
        this.bits = bits;
    }

    /**
     * Decodes a channel.
     *
     * @param out receives {@code length} samples
     * @param sampleBits bits of a sample; a side channel has one more than the file
     */
    void decode(long[] out, int length, int sampleBits) throws IOException {
        if (bits.unsigned(1) != 0) {
            throw new BadAudioException("a channel does not begin with a 0");
        }
        int type = (int) bits.unsigned(6);
        int wasted = bits.unsigned(1) == 0 ? 0 : bits.unary() + 1;
        if (wasted >= sampleBits) {
            throw new BadAudioException("a channel has no bits");
        }
        decode(type, out, length, sampleBits - wasted);
        for (int i = 0; wasted > 0 && i < length; i++) {
            out[i] <<= wasted;
        }
    }

    private void decode(int type, long[] out, int length, int sampleBits) throws IOException {
        if (type == 0) {
            java.util.Arrays.fill(out, 0, length, bits.signed(sampleBits));
        } else if (type == 1) {
            verbatim(out, length, sampleBits);
        } else if (type >= 8 && type <= 12) {
            fixed(out, length, sampleBits, type - 8);
        } else if (type >= 32) {
            linear(out, length, sampleBits, type - 31);
        } else {
            throw new BadAudioException("a channel has the reserved type " + type);
        }
    }

    private void verbatim(long[] out, int length, int sampleBits) throws IOException {
        for (int i = 0; i < length; i++) {
            out[i] = bits.signed(sampleBits);
        }
    }

    private void fixed(long[] out, int length, int sampleBits, int order) throws IOException {
        requireOrder(order, length);
        verbatim(out, order, sampleBits);
        residual(out, length, order);
        for (int i = order; i < length; i++) {
            out[i] += switch (order) {
                case 0 -> 0;
                case 1 -> out[i - 1];
                case 2 -> 2 * out[i - 1] - out[i - 2];
                case 3 -> 3 * out[i - 1] - 3 * out[i - 2] + out[i - 3];
                default -> 4 * out[i - 1] - 6 * out[i - 2] + 4 * out[i - 3] - out[i - 4];
            };
        }
    }

    private void linear(long[] out, int length, int sampleBits, int order) throws IOException {
        requireOrder(order, length);
        verbatim(out, order, sampleBits);
        int precision = (int) bits.unsigned(4) + 1;
        int shift = (int) bits.signed(5);
        if (precision == 16 || shift < 0) {
            throw new BadAudioException("a channel has a reserved precision or shift of its prediction");
        }
        for (int i = 0; i < order; i++) {
            coefficients[i] = bits.signed(precision);
        }
        residual(out, length, order);
        for (int i = order; i < length; i++) {
            long sum = 0;
            for (int j = 0; j < order; j++) {
                sum += coefficients[j] * out[i - 1 - j];
            }
            out[i] += sum >> shift;
        }
    }

    private static void requireOrder(int order, int length) throws BadAudioException {
        if (order > length) {
            throw new BadAudioException("a prediction of order " + order + " has " + length + " samples");
        }
    }

    private void residual(long[] out, int length, int order) throws IOException {
        int method = (int) bits.unsigned(2);
        if (method > 1) {
            throw new BadAudioException("a channel has the reserved coding " + method + " of its residual");
        }
        int parameterBits = method == 0 ? 4 : 5;
        int escape = (1 << parameterBits) - 1;
        int partitions = 1 << (int) bits.unsigned(4);
        if (length % partitions != 0 || length / partitions < order) {
            throw new BadAudioException(partitions + " partitions don't fit " + length + " samples");
        }
        int at = order;
        for (int p = 1; p <= partitions; p++) {
            int end = length / partitions * p;
            int parameter = (int) bits.unsigned(parameterBits);
            if (parameter == escape) {
                int width = (int) bits.unsigned(ESCAPE_BITS);
                for (; at < end; at++) {
                    out[at] = bits.signed(width);
                }
            } else {
                for (; at < end; at++) {
                    long folded = (long) bits.unary() << parameter | bits.unsigned(parameter);
                    out[at] = folded >>> 1 ^ -(folded & 1);
                }
            }
        }
    }
}
