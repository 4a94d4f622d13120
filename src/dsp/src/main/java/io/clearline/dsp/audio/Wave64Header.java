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
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Parses the header of Sony Wave64 files. They are similar to WAV, but chunks have GUIDs as names, their sizes have 64
 * bits and include the header, and they are padded to a multiple of 8 bytes. Stateless.
 */
final class Wave64Header {
    private static final int HEAD_BYTES = 24;
    private static final byte[] RIFF = HexFormat.of().parseHex("726966662e91cf11a5d628db04c10000");
    /** The end of every other GUID. */
    private static final byte[] TAIL = HexFormat.of().parseHex("f3acd3118cd100c04f8edb8a");

    private Wave64Header() {}

    /** Returns whether a file starts like Wave64. */
    static boolean matches(byte[] head) {
        return head.length >= RIFF.length && Arrays.equals(head, 0, RIFF.length, RIFF, 0, RIFF.length);
    }

    /** Parses the header and returns a reader at the first sample. */
    static AudioReader open(ByteSource source, boolean salvage) throws IOException {
        byte[] head = source.bytes(HEAD_BYTES + 16);
        if (!isNamed(head, HEAD_BYTES, "wave")) {
            throw new BadAudioException("it begins as Wave64 and holds no wave");
        }
        SoundData found = new SoundData();
        found.unsignedByte = true;
        while (true) {
            if (source.peek(1).length == 0) {
                throw new BadAudioException("it ends at byte " + source.position() + " without any sound");
            }
            byte[] chunk = source.bytes(HEAD_BYTES);
            long size = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).getLong(16) - HEAD_BYTES;
            if (isNamed(chunk, 0, "data")) {
                return sound(source, found, size, salvage);
            }
            if (size < 0) {
                throw new BadAudioException("its chunk at byte " + (source.position() - HEAD_BYTES)
                        + " states a length of " + (size + HEAD_BYTES) + " bytes");
            }
            if (isNamed(chunk, 0, "fmt ")) {
                WaveFormatChunk.requireLength(size);
                format(found, source.numbers((int) size, ByteOrder.LITTLE_ENDIAN), salvage);
                source.skip(-size & 7);
            } else if (!source.skip(size + (-size & 7))) {
                throw new BadAudioException("its chunk at byte " + source.position() + " states " + size
                        + " bytes, more than the file has");
            }
        }
    }

    private static void format(SoundData found, ByteBuffer chunk, boolean salvage) throws BadAudioException {
        if (found.spec == null) {
            found.spec = WaveFormatChunk.parse("W64", chunk, found.warnings);
        } else if (!WaveFormatChunk.agrees(chunk, found.spec)) {
            String what = "it contradicts itself: a further format chunk is another than its first, which states "
                    + found.spec.words();
            if (!salvage) {
                throw new BadAudioException(what);
            }
            found.warnings.add(what + "; it was read by its first");
        }
    }

    private static AudioReader sound(ByteSource source, SoundData found, long size, boolean salvage)
            throws BadAudioException {
        if (found.spec == null) {
            throw new BadAudioException("its sound comes before its format");
        }
        found.bytes = size;
        if (size <= 0 && source.remaining() > 0 || size > Long.MAX_VALUE / 2) {
            found.warnings.add("its header states no length of the sound; it was read to its end");
            found.bytes = SoundData.TO_THE_END;
        }
        AudioSpec spec = found.spec;
        long bytes = found.bytes == SoundData.TO_THE_END && source.length() >= 0 ? source.remaining() : found.bytes;
        found.spec = new AudioSpec(
                spec.container(),
                spec.sampleRateHz(),
                spec.channels(),
                spec.channelMask(),
                spec.format(),
                bytes < 0 ? AudioSpec.UNKNOWN : bytes / spec.frameBytes());
        found.trailer = Wave64Header::trailingChunks;
        return new PcmReader(source, found, salvage);
    }

    /** Looks for more sound after the sound, which is not read. */
    private static void trailingChunks(ByteSource source, SoundData found) throws IOException {
        boolean whole = source.skip(-found.bytes & 7);
        while (whole && source.peek(HEAD_BYTES).length == HEAD_BYTES) {
            long at = source.position();
            ByteBuffer chunk = source.numbers(HEAD_BYTES, ByteOrder.LITTLE_ENDIAN);
            long size = chunk.getLong(16) - HEAD_BYTES;
            if (isNamed(chunk.array(), 0, "data") && size > 0) {
                found.warnings.add("its further data chunk at byte " + at + ", " + size
                        + " bytes of sound, was left out; a W64 file has one");
            }
            whole = size >= 0 && source.skip(size) && source.skip(-size & 7);
        }
    }

    private static boolean isNamed(byte[] bytes, int offset, String name) {
        return ByteSource.name(bytes, offset).equals(name)
                && Arrays.equals(bytes, offset + 4, offset + 16, TAIL, 0, TAIL.length);
    }
}
