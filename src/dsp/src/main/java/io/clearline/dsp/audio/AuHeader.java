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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Parses the header of Sun AU files ({@code .snd}) and of the little-endian variant ({@code dns.}). Stateless. */
final class AuHeader {
    private static final int MIN_BYTES = 24;

    private AuHeader() {}

    /** Returns whether a file starts like AU. */
    static boolean matches(byte[] head) {
        return head.length >= 4
                && (ByteSource.name(head, 0).equals(".snd")
                        || ByteSource.name(head, 0).equals("dns."));
    }

    /** Parses the header and returns a reader at the first sample. */
    static AudioReader open(ByteSource source, boolean salvage) throws IOException {
        byte[] head = source.bytes(MIN_BYTES);
        ByteOrder order = head[0] == '.' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer numbers = ByteBuffer.wrap(head).order(order);
        long soundAt = numbers.getInt(4) & 0xffffffffL;
        long bytes = numbers.getInt(8) & 0xffffffffL;
        if (soundAt < MIN_BYTES) {
            throw new BadAudioException("its header states that the sound begins at byte " + soundAt + "; expected "
                    + MIN_BYTES + " or more");
        }
        if (!source.skip(soundAt - MIN_BYTES)) {
            throw new BadAudioException("its header states that the sound begins at byte " + soundAt
                    + ", which is behind the end of the file");
        }
        SoundData found = new SoundData();
        found.bigEndian = order == ByteOrder.BIG_ENDIAN;
        found.bytes = bytes;
        if (bytes == 0xffffffffL || bytes == 0 && source.peek(1).length > 0) {
            // The format defines 0xffffffff as an unknown length. Some writers leave 0 instead.
            if (bytes == 0) {
                found.warnings.add("its header states a length of 0; it was read to its end");
            }
            found.bytes = SoundData.TO_THE_END;
        }
        found.spec = spec(numbers, found.bytes == SoundData.TO_THE_END ? source.remaining() : bytes);
        return new PcmReader(source, found, salvage);
    }

    private static AudioSpec spec(ByteBuffer numbers, long bytes) throws BadAudioException {
        SampleFormat format = format(numbers.getInt(12));
        long rateHz = numbers.getInt(16) & 0xffffffffL;
        int channels = numbers.getInt(20);
        AudioSpec spec = AudioSpec.ofFile("AU", rateHz, channels, 0, format, AudioSpec.UNKNOWN);
        long frames = bytes == Long.MAX_VALUE ? AudioSpec.UNKNOWN : bytes / spec.frameBytes();
        return AudioSpec.ofFile("AU", rateHz, channels, 0, format, frames);
    }

    private static SampleFormat format(int encoding) throws BadAudioException {
        return switch (encoding) {
            case 1 -> new SampleFormat(SampleCoding.MU_LAW, 8, 1);
            case 2, 3, 4, 5 -> SampleFormat.pcm(8 * (encoding - 1));
            case 6 -> SampleFormat.FLOAT_32;
            case 7 -> new SampleFormat(SampleCoding.FLOAT, 64, 8);
            case 27 -> new SampleFormat(SampleCoding.A_LAW, 8, 1);
            default ->
                throw BadAudioException.foreign(
                        "its encoding " + encoding + " is none of PCM, float, A-law and mu-law");
        };
    }
}
