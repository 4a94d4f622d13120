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
 * Decodes FLAC frames and checks both checksums of each (RFC 9639, section 9). Contains the samples of the last decoded
 * frame. Thread-confined.
 */
final class FlacFrame {
    private static final int SYNC = 0x3ffe;
    private static final int[] BLOCK_SAMPLES = {
        0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768
    };
    private static final int[] RATES_HZ = {
        0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000
    };
    private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};
    private static final int LEFT_SIDE = 8;
    private static final int SIDE_RIGHT = 9;
    private static final int MID_SIDE = 10;

    private final FlacInfo info;
    private final FlacBits bits;
    private final FlacSubframe subframe;
    private final long[][] samples;
    private int length;
    private long firstSample;

    FlacFrame(FlacInfo info, FlacBits bits) {
        this.info = info;
        this.bits = bits;
        subframe = new FlacSubframe(bits);
        samples = new long[info.channels()][0];
    }

    /** Returns the number of samples of each channel in the frame. */
    int length() {
        return length;
    }

    /** Returns the position in the stream of the first sample of the frame. */
    long firstSample() {
        return firstSample;
    }

    /** Returns the samples, {@code [channels x length]}. The arrays are reused and may be longer than the frame. */
    long[][] samples() {
        return samples;
    }

    /**
     * Decodes the frame that begins at the next byte.
     *
     * @throws BadAudioException if there is no valid frame
     * @throws java.io.EOFException if the file ends inside the frame
     */
    void decode() throws IOException {
        bits.begin();
        int assignment = header();
        for (int channel = 0; channel < info.channels(); channel++) {
            boolean side = assignment == LEFT_SIDE && channel == 1
                    || assignment == SIDE_RIGHT && channel == 0
                    || assignment == MID_SIDE && channel == 1;
            subframe.decode(samples[channel], length, info.bits() + (side ? 1 : 0));
        }
        bits.align();
        int computed = bits.crc16();
        int stated = (int) bits.unsigned(16);
        if (computed != stated) {
            throw new BadAudioException(
                    String.format("its checksum is 0x%04x, its sound gives 0x%04x", stated, computed));
        }
        decorrelate(assignment);
        requireWithinBits();
    }

    /** Reads the header and returns the channel assignment. */
    private int header() throws IOException {
        if (bits.unsigned(14) != SYNC || bits.unsigned(1) != 0) {
            throw new BadAudioException("no frame begins there");
        }
        boolean variable = bits.unsigned(1) != 0;
        int sizeCode = (int) bits.unsigned(4);
        int rateCode = (int) bits.unsigned(4);
        int assignment = (int) bits.unsigned(4);
        int bitsCode = (int) bits.unsigned(3);
        bits.unsigned(1);
        long number = utf8Number();
        length = blockSamples(sizeCode);
        int rateHz = rateHz(rateCode);
        int computed = bits.crc8();
        if (bits.unsigned(8) != computed) {
            throw new BadAudioException("the checksum of its header is wrong");
        }
        int channels = assignment < LEFT_SIDE ? assignment + 1 : 2;
        int sampleBits = BITS[bitsCode] == 0 ? info.bits() : BITS[bitsCode];
        if (assignment > MID_SIDE
                || channels != info.channels()
                || sampleBits != info.bits()
                || rateHz != info.sampleRateHz()) {
            throw new BadAudioException("it changes to " + channels + " channels of " + sampleBits + " bits at "
                    + rateHz + " Hz, which is another sound");
        }
        firstSample = variable ? number : number * Math.max(1, info.maxBlockSamples());
        ensureCapacity();
        return assignment;
    }

    private void ensureCapacity() {
        if (samples[0].length < length) {
            for (int channel = 0; channel < samples.length; channel++) {
                samples[channel] = new long[length];
            }
        }
    }

    private int blockSamples(int code) throws IOException {
        int samplesOfFrame =
                switch (code) {
                    case 6 -> (int) bits.unsigned(8) + 1;
                    case 7 -> (int) bits.unsigned(16) + 1;
                    default -> BLOCK_SAMPLES[code];
                };
        if (samplesOfFrame == 0) {
            throw new BadAudioException("its length is reserved");
        }
        return samplesOfFrame;
    }

    private int rateHz(int code) throws IOException {
        return switch (code) {
            case 0 -> info.sampleRateHz();
            case 12 -> 1000 * (int) bits.unsigned(8);
            case 13 -> (int) bits.unsigned(16);
            case 14 -> 10 * (int) bits.unsigned(16);
            case 15 -> throw new BadAudioException("its sample rate is reserved");
            default -> RATES_HZ[code];
        };
    }

    /** Reads a number of up to 36 bits in the coding that UTF-8 uses for characters. */
    private long utf8Number() throws IOException {
        int first = (int) bits.unsigned(8);
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        if (ones == 0) {
            return first;
        }
        if (ones == 1 || ones > 7) {
            throw new BadAudioException("its number is broken");
        }
        long number = first & (0x7f >> ones);
        for (int i = 1; i < ones; i++) {
            int next = (int) bits.unsigned(8);
            if (next >> 6 != 2) {
                throw new BadAudioException("its number is broken");
            }
            number = number << 6 | next & 0x3f;
        }
        return number;
    }

    /** Restores left and right from a side channel. */
    private void decorrelate(int assignment) {
        for (int i = 0; assignment >= LEFT_SIDE && i < length; i++) {
            long a = samples[0][i];
            long b = samples[1][i];
            switch (assignment) {
                case LEFT_SIDE -> samples[1][i] = a - b;
                case SIDE_RIGHT -> samples[0][i] = a + b;
                default -> {
                    long mid = a << 1 | b & 1;
                    samples[0][i] = mid + b >> 1;
                    samples[1][i] = mid - b >> 1;
                }
            }
        }
    }

    /** Rejects samples outside the range of the file's bits, which a damaged frame with a valid checksum may have. */
    private void requireWithinBits() throws BadAudioException {
        long limit = 1L << (info.bits() - 1);
        for (long[] channel : samples) {
            for (int i = 0; i < length; i++) {
                if (channel[i] < -limit || channel[i] >= limit) {
                    throw new BadAudioException("its sample " + i + " does not fit " + info.bits() + " bits");
                }
            }
        }
    }
}
