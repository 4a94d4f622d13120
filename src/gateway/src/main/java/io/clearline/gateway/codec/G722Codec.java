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
package io.clearline.gateway.codec;

import io.clearline.schemas.AudioEncoding;

/**
 * G.722 at 64 kbit/s: 16 kHz audio in two sub-bands. Each pair of samples is one byte, with six bits for the lower band
 * and two for the higher one (ITU-T G.722, 3 and 4). Constants name the tables of the recommendation in parentheses.
 */
final class G722Codec implements AudioCodec {
    private static final int SAMPLE_RATE_HZ = 16_000;
    private static final float FULL_SCALE = 32_768f;
    private static final int TAPS = 24;
    /**
     * First half of the coefficients of the quadrature mirror filters (table 11). The second half is its mirror image.
     */
    private static final int[] QMF = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    /** Decision levels of the lower band's quantizer (Q6). */
    private static final int[] LOW_LEVELS = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219,
        1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /** Output levels of the lower band for all six bits (QQ6), by code. */
    private static final int[] LOW_OUTPUT_6 = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    /** Output levels of the lower band for the four upper bits (QQ4), which drive the predictor. */
    private static final int[] LOW_OUTPUT_4 = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };

    /** Change of the logarithm of the step size for the four upper bits (WL by RIL). */
    private static final int[] LOW_LOG_CHANGE = {
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
    };

    private static final int HIGH_LEVEL = 564;
    /** Output levels of the higher band (QQ2), by code. */
    private static final int[] HIGH_OUTPUT = {-7408, -1616, 7408, 1616};
    /** Change of the logarithm of the step size of the higher band (WH by IH), by code. */
    private static final int[] HIGH_LOG_CHANGE = {798, -214, 798, -214};

    private final Direction decoder = new Direction();
    private final Direction encoder = new Direction();

    /** The state of one direction, encoder or decoder. */
    private static final class Direction {
        private final G722Band low = new G722Band(18_432, 8, 32);
        private final G722Band high = new G722Band(22_528, 10, 8);
        private final int[] history = new int[TAPS];

        private void decodePair(int code, float[] out, int at) {
            int lowCode = code & 0x3f;
            int highCode = code >> 6;
            int lowSample = clamp(low.prediction() + low.scaled(LOW_OUTPUT_6[lowCode]));
            adaptLow(lowCode);
            int highSample = clamp(high.prediction() + high.scaled(HIGH_OUTPUT[highCode]));
            adaptHigh(highCode);
            shift(lowSample + highSample, lowSample - highSample);
            out[at] = G722Band.saturate(odd() >> 11) / FULL_SCALE;
            out[at + 1] = G722Band.saturate(even() >> 11) / FULL_SCALE;
        }

        private int encodePair(int first, int second) {
            shift(first, second);
            int odd = odd();
            int even = even();
            int lowCode = lowCode(G722Band.saturate((odd + even >> 14) - low.prediction()));
            adaptLow(lowCode);
            int highCode = highCode(G722Band.saturate((odd - even >> 14) - high.prediction()));
            adaptHigh(highCode);
            return highCode << 6 | lowCode;
        }

        private void adaptLow(int code) {
            int upper = code >> 2;
            low.adapt(low.scaled(LOW_OUTPUT_4[upper]), LOW_LOG_CHANGE[upper]);
        }

        private void adaptHigh(int code) {
            high.adapt(high.scaled(HIGH_OUTPUT[code]), HIGH_LOG_CHANGE[code]);
        }

        /** QUANTL: returns the code of the quantizer interval in which a difference lies. */
        private int lowCode(int difference) {
            int size = difference >= 0 ? difference : -(difference + 1);
            int interval = 1;
            while (interval < LOW_LEVELS.length && size >= LOW_LEVELS[interval] * low.step() >> 12) {
                interval++;
            }
            if (difference >= 0) {
                return 62 - interval;
            }
            // The two smallest negative intervals use the codes that are left over, 63 and 62.
            return interval <= 2 ? 64 - interval : 34 - interval;
        }

        /** QUANTH. */
        private int highCode(int difference) {
            int size = difference >= 0 ? difference : -(difference + 1);
            boolean large = size >= HIGH_LEVEL * high.step() >> 12;
            return (difference >= 0 ? 2 : 0) + (large ? 0 : 1);
        }

        private void shift(int first, int second) {
            System.arraycopy(history, 2, history, 0, TAPS - 2);
            history[TAPS - 2] = first;
            history[TAPS - 1] = second;
        }

        private int even() {
            int sum = 0;
            for (int i = 0; i < QMF.length; i++) {
                sum += history[2 * i] * QMF[i];
            }
            return sum;
        }

        private int odd() {
            int sum = 0;
            for (int i = 0; i < QMF.length; i++) {
                sum += history[2 * i + 1] * QMF[QMF.length - 1 - i];
            }
            return sum;
        }
    }

    @Override
    public int sampleRateHz() {
        return SAMPLE_RATE_HZ;
    }

    @Override
    public AudioEncoding frameEncoding() {
        return AudioEncoding.PCM_S16LE;
    }

    @Override
    public int decode(byte[] payload, int length, float[] out) throws BadPayloadException {
        if (length == 0 || 2 * length > maxSamples()) {
            throw new BadPayloadException(
                    "Expected 1 to " + maxSamples() / 2 + " bytes of G.722, found " + length + ".");
        }
        for (int i = 0; i < length; i++) {
            decoder.decodePair(payload[i] & 0xff, out, 2 * i);
        }
        return 2 * length;
    }

    /** @throws IllegalArgumentException if the number of samples is odd */
    @Override
    public int encode(float[] samples, int length, byte[] out) {
        if (length % 2 != 0) {
            throw new IllegalArgumentException("Expected an even number of samples for G.722, found " + length + ".");
        }
        for (int i = 0; i < length; i += 2) {
            out[i / 2] = (byte) encoder.encodePair(toInt(samples[i]), toInt(samples[i + 1]));
        }
        return length / 2;
    }

    private static int clamp(int value) {
        return Math.max(-16_384, Math.min(16_383, value));
    }

    private static int toInt(float sample) {
        return G722Band.saturate(Math.round(sample * FULL_SCALE));
    }
}
