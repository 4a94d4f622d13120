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

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Parses the header of WAV files: RIFF, big-endian RIFX, and RF64 or BW64 for more than 4 GB (EBU Tech 3306, ITU-R
 * BS.2088). Accepts chunks in any order, and chunks of odd length with or without their pad byte. If the length of the
 * sound is a placeholder, which pipes and aborted recordings leave, the sound continues to the end of the file.
 * Thread-confined.
 */
final class WaveHeader {
    private static final int DS64_MIN_BYTES = 24;
    /** Placeholder for a size that is stated in the ds64 chunk. */
    private static final long IN_DS64 = 0xffffffffL;
    /** Chunks that may follow a sound of length 0, which is then really empty. */
    private static final Set<String> AFTER_EMPTY_SOUND = Set.of(
            "LIST", "bext", "iXML", "fact", "cue ", "smpl", "id3 ", "ID3 ", "PEAK", "JUNK", "axml", "afsp", "PAD ");

    private final ByteSource source;
    private final ByteOrder order;
    private final boolean large;
    private final String container;
    private final SoundData found = new SoundData();
    private final Map<String, Long> largeChunks = new HashMap<>();
    private long dataBytes64 = SoundData.TO_THE_END;
    private final boolean salvage;
    /** What the first format chunk states, whose number of frames is unknown. */
    private AudioSpec format;

    private long soundAt = -1;
    private long soundSize;
    /** Position behind the last chunk before the first sample was known; chunks before it were read already. */
    private long parsedTo;

    private WaveHeader(ByteSource source, boolean salvage) throws IOException {
        this.source = source;
        this.salvage = salvage;
        byte[] head = source.bytes(12);
        String form = ByteSource.name(head, 0);
        order = form.equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        large = form.equals("RF64") || form.equals("BW64");
        container = form.equals("RIFF") ? "WAV" : form;
        found.bigEndian = order == ByteOrder.BIG_ENDIAN;
        found.unsignedByte = true;
        found.trailer = (at, data) -> trailingChunks();
    }

    /** Returns whether a file starts like one of these formats. */
    static boolean matches(byte[] head) {
        if (head.length < 12 || !ByteSource.name(head, 8).equals("WAVE")) {
            return false;
        }
        return Set.of("RIFF", "RIFX", "RF64", "BW64").contains(ByteSource.name(head, 0));
    }

    /** Parses the header and returns a reader at the first sample. */
    static AudioReader open(ByteSource source, boolean salvage) throws IOException {
        WaveHeader header = new WaveHeader(source, salvage);
        header.parse();
        return new PcmReader(source, header.found, salvage);
    }

    private void parse() throws IOException {
        while (found.spec == null || soundAt < 0) {
            byte[] head = source.peek(8);
            if (head.length < 8) {
                throw new BadAudioException(missing());
            }
            source.skip(8);
            chunk(ByteSource.name(head, 0), ByteBuffer.wrap(head).order(order).getInt(4) & 0xffffffffL);
        }
        parsedTo = source.position();
        if (parsedTo != soundAt) {
            source.seek(soundAt);
        }
        found.bytes = soundSize;
        int frameBytes = found.spec.frameBytes();
        long frames = soundSize == SoundData.TO_THE_END ? AudioSpec.UNKNOWN : soundSize / frameBytes;
        if (frames == AudioSpec.UNKNOWN && source.length() != ByteSource.UNKNOWN) {
            frames = source.remaining() / frameBytes;
        }
        AudioSpec spec = found.spec;
        found.spec = new AudioSpec(
                container, spec.sampleRateHz(), spec.channels(), spec.channelMask(), spec.format(), frames);
    }

    private String missing() {
        return "it ends at byte " + source.position() + " without "
                + (found.spec == null ? "saying what its sound is like (no fmt chunk)" : "any sound (no data chunk)");
    }

    private void chunk(String id, long size) throws IOException {
        switch (id) {
            case "ds64" -> largeSizes(size);
            case "fmt " -> format(size);
            case "data" -> sound(size);
            default -> other(id, large && size == IN_DS64 ? largeChunks.getOrDefault(id, size) : size);
        }
    }

    private void largeSizes(long size) throws IOException {
        if (size < DS64_MIN_BYTES || size > WaveFormatChunk.MAX_BYTES) {
            throw new BadAudioException("its ds64 chunk has " + size + " bytes; expected " + DS64_MIN_BYTES + " to "
                    + WaveFormatChunk.MAX_BYTES);
        }
        ByteBuffer chunk = source.numbers((int) size, ByteOrder.LITTLE_ENDIAN);
        dataBytes64 = chunk.getLong(8);
        int entries = size >= 28 ? chunk.getInt(24) : 0;
        for (int i = 0, at = 28; i < entries && at + 12 <= size; i++, at += 12) {
            largeChunks.put(ByteSource.name(chunk.array(), at), chunk.getLong(at + 4));
        }
        skipPad(size);
    }

    private void format(long size) throws IOException {
        WaveFormatChunk.requireLength(size);
        long at = source.position() - 8;
        ByteBuffer chunk = source.numbers((int) size, order);
        if (format == null) {
            format = WaveFormatChunk.parse(container, chunk, found.warnings);
            found.spec = format;
        } else if (!WaveFormatChunk.agrees(chunk, format)) {
            String what = "it contradicts itself: its format chunk at byte " + at + " is another than its first, which"
                    + " states " + format.words();
            if (!salvage) {
                throw new BadAudioException(what);
            }
            found.warnings.add(what + "; it was read by its first");
        }
        skipPad(size);
    }

    private void sound(long size) throws IOException {
        if (soundAt >= 0) {
            furtherSound(source.position() - 8, size);
            other("data", size);
            return;
        }
        if (found.spec == null) {
            // Spools a pipe, so that the sound can be read after the format is known.
            source.makeSeekable();
        }
        soundAt = source.position();
        soundSize = large && (size == IN_DS64 || size == 0) ? size64(size) : size32(size);
        if (found.spec == null) {
            if (soundSize == SoundData.TO_THE_END) {
                throw new BadAudioException("its sound comes before its format and states no length");
            }
            if (!source.skip(soundSize)) {
                throw new BadAudioException(
                        "its sound comes before its format, states " + soundSize + " bytes and breaks off");
            }
            skipPad(soundSize);
        }
    }

    private void furtherSound(long at, long size) {
        if (size > 0) {
            found.warnings.add("its further data chunk at byte " + at + ", " + size
                    + " bytes of sound, was left out; a WAV file has one");
        }
    }

    private long size64(long size) throws IOException {
        if (dataBytes64 > 0 && dataBytes64 != IN_DS64) {
            return dataBytes64;
        }
        if (dataBytes64 < SoundData.TO_THE_END) {
            throw new BadAudioException("its ds64 chunk states " + dataBytes64 + " bytes of sound");
        }
        return unknown(size);
    }

    /**
     * Returns the length that a header of 32 bits states, or unknown if it is a placeholder that the writer did not
     * update.
     */
    private long size32(long size) throws IOException {
        boolean isPlaceholder = size >= 0x7ffff000L && size <= 0x80000000L || size >= 0xfffff000L;
        boolean fitsFile = source.length() != ByteSource.UNKNOWN && size <= source.remaining();
        if (size == 0) {
            return isEmpty() ? 0 : unknown(size);
        }
        return isPlaceholder && !fitsFile ? unknown(size) : size;
    }

    /** Returns whether a sound of length 0 is really empty: at the end of the file, or followed by a known chunk. */
    private boolean isEmpty() throws IOException {
        byte[] next = source.peek(8);
        if (next.length == 0) {
            return true;
        }
        if (next.length < 8 || !AFTER_EMPTY_SOUND.contains(ByteSource.name(next, 0))) {
            return false;
        }
        long size = ByteBuffer.wrap(next).order(order).getInt(4) & 0xffffffffL;
        return source.length() == ByteSource.UNKNOWN || 8 + size <= source.remaining();
    }

    private long unknown(long size) {
        found.warnings.add(String.format(
                "its header states a length of %#x, which a recorder or a pipe leaves; it was read to its end", size));
        return SoundData.TO_THE_END;
    }

    private void other(String id, long size) throws IOException {
        if (AudioTags.keeps(id) && size <= source.remaining()) {
            keep(id, size);
        } else if (!source.skip(size)) {
            throw new BadAudioException("its chunk \"" + id + "\" at byte " + (source.position() - 8) + " states "
                    + size + " bytes, more than the file has");
        }
        skipPad(size);
    }

    private void keep(String id, long size) throws IOException {
        if (found.tags.hasCapacityFor(size)) {
            found.tags.add(id, source.bytes((int) size));
        } else {
            found.warnings.add("its chunk \"" + id + "\" of " + size + " bytes is too large to be kept");
            source.skip(size);
        }
    }

    /**
     * Skips the pad byte after a chunk of odd length. Not every program writes it, so the next chunk's name decides.
     */
    private void skipPad(long size) throws IOException {
        if (size % 2 == 0) {
            return;
        }
        byte[] next = source.peek(5);
        boolean padded = next.length > 0 && (next[0] == 0 || next.length == 1 || !isName(next, 0) || isName(next, 1));
        if (padded) {
            source.skip(1);
        }
    }

    private static boolean isName(byte[] bytes, int offset) {
        if (bytes.length < offset + 4) {
            return false;
        }
        for (int i = offset; i < offset + 4; i++) {
            if (bytes[i] < 0x20 || bytes[i] > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the chunks after the sound and keeps the metadata. Bytes that are not a complete chunk cause a warning
     * only.
     */
    private void trailingChunks() throws IOException {
        skipPad(soundSize);
        source.skip(Math.max(0, parsedTo - source.position()));
        long at = source.position();
        boolean whole = true;
        while (whole && source.peek(1).length > 0) {
            at = source.position();
            whole = trailingChunk();
        }
        if (!whole) {
            found.warnings.add("what follows its sound at byte " + at + " is no whole chunk; it was left out");
        }
    }

    private boolean trailingChunk() throws IOException {
        byte[] head = source.peek(8);
        long size = head.length < 8 ? 0 : ByteBuffer.wrap(head).order(order).getInt(4) & 0xffffffffL;
        if (head.length < 8 || !isName(head, 0) || size > source.remaining() - 8) {
            return false;
        }
        long at = source.position();
        source.skip(8);
        String id = ByteSource.name(head, 0);
        try {
            if (AudioTags.keeps(id)) {
                keep(id, size);
            } else if (id.equals("fmt ") && size <= WaveFormatChunk.MAX_BYTES) {
                furtherFormat(at, source.numbers((int) size, order));
            } else if (!source.skip(size)) {
                return false;
            }
        } catch (EOFException e) {
            return false;
        }
        if (id.equals("data")) {
            furtherSound(at, size);
        }
        skipPad(size);
        return true;
    }

    /** Checks a format chunk after the sound. The sound has been read by the first one, wherever that is. */
    private void furtherFormat(long at, ByteBuffer chunk) {
        if (!WaveFormatChunk.agrees(chunk, format)) {
            found.warnings.add("its format chunk at byte " + at + " is another than its first, by which it was read");
        }
    }
}
