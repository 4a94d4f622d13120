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
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes WAV files, or RF64 files for more than 4 GB. Uses the plain format chunk where it suffices, and the extensible
 * one for more than two channels and for samples that do not fill their container. The header of a pipe states the
 * length if it is known in advance, and otherwise 0xffffffff, as ffmpeg does. Thread-confined.
 */
public final class WaveWriter implements AudioWriter {
    private static final long MAX_32 = 0xffffffffL;
    /** Longest sound for a plain WAV file: leaves 64 MB for headers and tags below the limit of 4 GB. */
    private static final long MAX_SMALL_BYTES = MAX_32 - (64 << 20);

    private static final int DS64_BYTES = 28;
    private static final byte[] GUID_TAIL = HexFormat.of().parseHex("000000001000800000aa00389b71");

    private final ByteTarget target;
    private final AudioSpec spec;
    private final SampleEncoder encoder;
    private byte[] block = new byte[0];
    /** Whether the header contains space for a ds64 chunk. */
    private boolean reserved;
    /** Whether the header is that of an RF64 file. */
    private boolean large;

    private int tagsWritten;
    private AudioTags tags;
    private long factAt = -1;
    private long dataAt;
    private long dataBytes;

    /**
     * Creates a writer and writes the header.
     *
     * @param spec the header of a pipe states its number of frames, if known
     * @param tags the tags from before the sound; only chunks of WAV are written
     */
    public WaveWriter(ByteTarget target, AudioSpec spec, AudioTags tags) throws IOException {
        this.target = target;
        this.spec = spec;
        this.tags = tags;
        encoder = new SampleEncoder(spec.format());
        header();
    }

    private void header() throws IOException {
        boolean known = spec.frames() != AudioSpec.UNKNOWN;
        long expected = known ? spec.frames() * spec.frameBytes() : MAX_32;
        reserved = expected > MAX_SMALL_BYTES && (known || target.isSeekable());
        large = known && reserved;
        // The header of a pipe must be final if the length is known. The header of a file is updated at the end.
        long tagBytes = tagBytes();
        byte[] format = format();
        boolean fact = spec.format().coding() != SampleCoding.PCM;
        long head = 4 + (reserved ? 8 + DS64_BYTES : 0) + 8 + format.length + (fact ? 12 : 0) + tagBytes + 8;
        long riff = head + expected + expected % 2;
        text(large ? "RF64" : "RIFF");
        number(known && !large ? riff : MAX_32);
        text("WAVE");
        if (reserved) {
            text(large ? "ds64" : "JUNK");
            number(DS64_BYTES);
            target.write(large ? sizes(riff, expected, spec.frames()) : new byte[DS64_BYTES]);
        }
        text("fmt ");
        number(format.length);
        target.write(format);
        if (fact) {
            text("fact");
            number(4);
            factAt = target.position();
            number(known ? Math.min(MAX_32, spec.frames()) : MAX_32);
        }
        writeTags();
        text("data");
        number(known && !large ? expected : MAX_32);
        dataAt = target.position();
    }

    private byte[] format() {
        SampleFormat format = spec.format();
        boolean plain = spec.channels() <= 2 && spec.channelMask() == 0 && format.bits() == 8 * format.containerBytes();
        int tag =
                switch (format.coding()) {
                    case PCM -> WaveFormatChunk.PCM;
                    case FLOAT -> WaveFormatChunk.FLOAT;
                    case A_LAW -> WaveFormatChunk.A_LAW;
                    case MU_LAW -> WaveFormatChunk.MU_LAW;
                };
        int length = !plain ? 40 : tag == WaveFormatChunk.PCM ? 16 : 18;
        ByteBuffer chunk = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        chunk.putShort((short) (plain ? tag : WaveFormatChunk.EXTENSIBLE))
                .putShort((short) spec.channels())
                .putInt(spec.sampleRateHz())
                .putInt(spec.sampleRateHz() * spec.frameBytes())
                .putShort((short) spec.frameBytes())
                .putShort((short) (8 * format.containerBytes()));
        if (!plain) {
            chunk.putShort((short) 22)
                    .putShort((short) format.bits())
                    .putInt(spec.channelMask())
                    .putShort((short) tag)
                    .put(GUID_TAIL);
        }
        return chunk.array();
    }

    private static byte[] sizes(long riff, long data, long frames) {
        ByteBuffer chunk = ByteBuffer.allocate(DS64_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.putLong(riff).putLong(data).putLong(frames).array();
    }

    @Override
    public void write(float[] samples, int frames) throws IOException {
        int bytes = frames * spec.frameBytes();
        if (block.length < bytes) {
            block = new byte[bytes];
        }
        encoder.encode(samples, block, frames * spec.channels());
        target.write(block, 0, bytes);
        dataBytes += bytes;
        if (!target.isSeekable()) {
            target.flush();
        }
    }

    @Override
    public void tags(AudioTags all) {
        tags = all;
    }

    private long tagBytes() {
        long bytes = 0;
        for (AudioTags.Tag tag : tags.list()) {
            bytes += isChunk(tag) ? 8 + tag.content().length + tag.content().length % 2 : 0;
        }
        return bytes;
    }

    private static boolean isChunk(AudioTags.Tag tag) {
        return tag.id().length() == 4;
    }

    /** Writes the tags that have not been written yet. */
    private void writeTags() throws IOException {
        for (AudioTags.Tag tag : tags.list().subList(tagsWritten, tags.size())) {
            if (isChunk(tag)) {
                text(tag.id());
                number(tag.content().length);
                target.write(tag.content());
                target.write(new byte[tag.content().length % 2]);
            }
        }
        tagsWritten = tags.size();
    }

    @Override
    public void close() throws IOException {
        try (target) {
            target.write(new byte[(int) (dataBytes % 2)]);
            // After sound of an unknown length a reader would take the tags for sound.
            if (target.isSeekable() || spec.frames() != AudioSpec.UNKNOWN && tagsWritten == tags.size()) {
                writeTags();
            }
            if (target.isSeekable()) {
                patchHeader();
            }
        }
    }

    /** Updates the sizes in the header of a file. */
    private void patchHeader() throws IOException {
        long riff = target.position() - 8;
        boolean tooLarge = riff > MAX_32;
        if (tooLarge && !reserved) {
            throw new IOException("More than 4 GB of sound came where " + spec.frames() + " frames were expected.");
        }
        if (reserved) {
            target.overwrite(0, (tooLarge ? "RF64" : "RIFF").getBytes(StandardCharsets.US_ASCII));
            target.overwrite(12, (tooLarge ? "ds64" : "JUNK").getBytes(StandardCharsets.US_ASCII));
            target.overwrite(
                    20, tooLarge ? sizes(riff, dataBytes, dataBytes / spec.frameBytes()) : new byte[DS64_BYTES]);
        }
        target.overwrite(4, little(tooLarge ? MAX_32 : riff));
        target.overwrite(dataAt - 4, little(tooLarge ? MAX_32 : dataBytes));
        if (factAt >= 0) {
            target.overwrite(factAt, little(Math.min(MAX_32, dataBytes / spec.frameBytes())));
        }
    }

    private void text(String name) throws IOException {
        target.write(name.getBytes(StandardCharsets.US_ASCII));
    }

    private void number(long value) throws IOException {
        target.write(little(value));
    }

    private static byte[] little(long value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) value)
                .array();
    }
}
