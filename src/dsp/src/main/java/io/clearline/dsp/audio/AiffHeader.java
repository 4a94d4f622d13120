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

/**
 * Parses the header of AIFF and AIFF-C files, which consist of big-endian chunks. The sound chunk (SSND) may precede
 * the chunk that describes it (COMM). Thread-confined.
 */
final class AiffHeader {
    private static final int COMMON_BYTES = 18;
    private static final int COMMON_MAX_BYTES = 1 << 12;
    /** The sound chunk begins with its offset and its block size. */
    private static final int SOUND_HEAD_BYTES = 8;
    /** Writers to a pipe leave at least this length of the sound, because they do not know it. */
    private static final long OPEN_BYTES = 0x7fffefffL;

    private final ByteSource source;
    private final boolean salvage;
    private final SoundData found = new SoundData();
    private final boolean compressed;
    private long frames;
    /** The first COMM chunk; null before it. */
    private ByteBuffer description;

    private long soundAt = -1;
    private long soundBytes;
    /** Position behind the sound chunk with its pad byte, and behind all chunks that were read before the sound. */
    private long soundEnd;

    private AiffHeader(ByteSource source, boolean salvage) throws IOException {
        this.source = source;
        this.salvage = salvage;
        compressed = ByteSource.name(source.bytes(12), 8).equals("AIFC");
        found.bigEndian = true;
    }

    /** Returns whether a file starts like AIFF or AIFF-C. */
    static boolean matches(byte[] head) {
        return head.length >= 12
                && ByteSource.name(head, 0).equals("FORM")
                && ByteSource.name(head, 8).matches("AIF[FC]");
    }

    /** Parses the header and returns a reader at the first sample. */
    static AudioReader open(ByteSource source, boolean salvage) throws IOException {
        AiffHeader header = new AiffHeader(source, salvage);
        header.parse();
        return new PcmReader(source, header.found, salvage);
    }

    private void parse() throws IOException {
        while (found.spec == null || soundAt < 0) {
            if (source.peek(8).length < 8) {
                if (found.spec != null && frames == 0) {
                    return;
                }
                throw new BadAudioException("it ends at byte " + source.position() + " without "
                        + (found.spec == null
                                ? "saying what its sound is like (no COMM chunk)"
                                : "any sound (no SSND chunk)"));
            }
            ByteBuffer head = source.numbers(8, ByteOrder.BIG_ENDIAN);
            chunk(ByteSource.name(head.array(), 0), head.getInt(4) & 0xffffffffL);
        }
        soundEnd = Math.max(soundEnd, source.position());
        if (source.position() != soundAt) {
            source.seek(soundAt);
        }
        found.bytes = soundLength();
        if (!isOpen()) {
            found.trailer = (at, data) -> trailingChunks();
        }
    }

    /** Returns whether the sound chunk states no length. */
    private boolean isOpen() {
        return soundBytes <= 0 || soundBytes >= OPEN_BYTES;
    }

    /**
     * Returns the length of the sound in bytes. The description states it in frames and the sound chunk in bytes. An
     * aborted recording may state only one of them, or neither.
     */
    private long soundLength() throws IOException {
        long stated = frames * found.spec.frameBytes();
        boolean open = isOpen();
        if (frames == 0 && open && source.peek(1).length > 0) {
            found.warnings.add("its header states no length of the sound; it was read to its end");
            return SoundData.TO_THE_END;
        }
        if (frames == 0 && soundBytes > 0) {
            found.warnings.add("its description states no frames; the " + soundBytes + " bytes of its sound were read");
            return soundBytes;
        }
        if (!open && stated > soundBytes) {
            if (!salvage) {
                throw new BadAudioException("it contradicts itself: its description promises " + stated
                        + " bytes of sound, its sound has " + soundBytes);
            }
            return soundBytes;
        }
        if (!open && soundBytes - stated >= found.spec.frameBytes()) {
            found.warnings.add("its description states " + frames + " frames, which are " + stated + " of the "
                    + soundBytes + " bytes of its sound; the rest was left out");
        }
        return stated;
    }

    private void chunk(String id, long size) throws IOException {
        long padded = size + size % 2;
        if (id.equals("COMM")) {
            if (size < COMMON_BYTES || size > COMMON_MAX_BYTES) {
                throw new BadAudioException(
                        "its COMM chunk has " + size + " bytes; expected " + COMMON_BYTES + " to " + COMMON_MAX_BYTES);
            }
            description(source.position() - 8, source.numbers((int) size, ByteOrder.BIG_ENDIAN));
            source.skip(padded - size);
        } else if (id.equals("SSND") && soundAt < 0) {
            sound(size);
        } else if (!source.skip(padded)) {
            throw new BadAudioException("its chunk \"" + id + "\" at byte " + (source.position() - 8) + " states "
                    + size + " bytes, more than the file has");
        } else if (id.equals("SSND")) {
            furtherSound(source.position() - padded - 8, size);
        }
    }

    private void furtherSound(long at, long size) {
        if (size > SOUND_HEAD_BYTES) {
            found.warnings.add("its further SSND chunk at byte " + at + ", " + size
                    + " bytes of sound, was left out; an AIFF file has one");
        }
    }

    private void description(long at, ByteBuffer chunk) throws BadAudioException {
        if (description == null) {
            description = chunk;
            describe(chunk);
        } else if (!description.equals(chunk)) {
            String what = "it contradicts itself: its COMM chunk at byte " + at + " is another than its first, which"
                    + " states " + frames + " frames of " + found.spec.words();
            if (!salvage) {
                throw new BadAudioException(what);
            }
            found.warnings.add(what + "; it was read by its first");
        }
    }

    /** Looks for more sound and another description after the sound, neither of which is read. */
    private void trailingChunks() throws IOException {
        boolean whole = source.skip(soundEnd - source.position());
        while (whole && source.peek(8).length == 8) {
            long at = source.position();
            ByteBuffer head = source.numbers(8, ByteOrder.BIG_ENDIAN);
            String id = ByteSource.name(head.array(), 0);
            long size = head.getInt(4) & 0xffffffffL;
            if (id.equals("SSND")) {
                furtherSound(at, size);
            } else if (id.equals("COMM")) {
                furtherDescription(at, size);
            }
            whole = source.skip(at + 8 + size + size % 2 - source.position());
        }
    }

    private void furtherDescription(long at, long size) throws IOException {
        byte[] chunk = source.peek((int) Math.min(size, COMMON_MAX_BYTES));
        if (size != chunk.length || !description.equals(ByteBuffer.wrap(chunk))) {
            found.warnings.add("its COMM chunk at byte " + at + " is another than its first, by which it was read");
        }
    }

    private void sound(long size) throws IOException {
        if (found.spec == null) {
            source.makeSeekable();
        }
        ByteBuffer head = source.numbers(SOUND_HEAD_BYTES, ByteOrder.BIG_ENDIAN);
        long offset = head.getInt(0) & 0xffffffffL;
        if (!source.skip(offset)) {
            throw new BadAudioException(
                    "its sound begins " + offset + " bytes behind its chunk, more than the file has");
        }
        soundAt = source.position();
        soundBytes = size - SOUND_HEAD_BYTES - offset;
        soundEnd = soundAt + soundBytes + size % 2;
        if (found.spec == null && (soundBytes < 0 || !source.skip(soundBytes + size % 2))) {
            throw new BadAudioException(
                    "its sound comes before its description, states " + size + " bytes and breaks off");
        }
    }

    private void describe(ByteBuffer chunk) throws BadAudioException {
        int channels = chunk.getShort(0);
        frames = chunk.getInt(2) & 0xffffffffL;
        int bits = chunk.getShort(6);
        double rateHz = extended(chunk.getShort(8), chunk.getLong(10));
        String kind = compressed && chunk.remaining() >= 22 ? ByteSource.name(chunk.array(), 18) : "NONE";
        SampleFormat format = format(kind, bits);
        long rate = rateHz == Math.rint(rateHz) && rateHz < Long.MAX_VALUE ? (long) rateHz : Math.round(rateHz);
        found.spec = AudioSpec.ofFile(compressed ? "AIFC" : "AIFF", rate, channels, 0, format, frames);
    }

    private SampleFormat format(String kind, int bits) throws BadAudioException {
        try {
            return switch (kind) {
                case "NONE", "twos", "in24", "in32" -> SampleFormat.pcm(bits);
                case "sowt" -> {
                    found.bigEndian = false;
                    yield SampleFormat.pcm(bits);
                }
                case "raw " -> {
                    found.unsignedByte = true;
                    yield SampleFormat.pcm(bits);
                }
                case "fl32", "FL32" -> SampleFormat.FLOAT_32;
                case "fl64", "FL64" -> new SampleFormat(SampleCoding.FLOAT, 64, 8);
                case "alaw", "ALAW" -> new SampleFormat(SampleCoding.A_LAW, 8, 1);
                case "ulaw", "ULAW" -> new SampleFormat(SampleCoding.MU_LAW, 8, 1);
                default ->
                    throw BadAudioException.foreign(
                            "its compression \"" + kind + "\" is none of PCM, float, A-law and mu-law");
            };
        } catch (IllegalArgumentException e) {
            throw new BadAudioException("its header states samples of " + bits + " bits; expected 1 to 64");
        }
    }

    /**
     * Converts an extended float of 80 bits: sign and exponent in 16 bits, then the mantissa with an explicit leading
     * 1.
     */
    private static double extended(short signAndExponent, long mantissa) {
        int exponent = (signAndExponent & 0x7fff) - 16383 - 63;
        double high = (mantissa >>> 32) * 4294967296.0;
        double value = Math.scalb(high + (mantissa & 0xffffffffL), exponent);
        return signAndExponent < 0 ? -value : value;
    }
}
