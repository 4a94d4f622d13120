package io.clearline.training.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Takes the sounds out of containers that only their game can read: every WAVE file (RIFF) and every Ogg stream in the bytes, wherever it
 * lies, becomes a file of its own.
 */
final class AudioCarver {
    /** The first two bytes of Clonk's packed groups, which are gzip but for these. */
    private static final byte[] PACKED_GROUP = {0x1e, (byte) 0x8c};

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WAVE = "WAVE".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OGG = "OggS".getBytes(StandardCharsets.US_ASCII);
    private static final int RIFF_HEADER_BYTES = 8;
    private static final int OGG_HEADER_BYTES = 27;
    private static final int OGG_FLAGS = 5;
    private static final int OGG_FIRST_PAGE = 2;
    private static final int OGG_LAST_PAGE = 4;

    private final byte[] bytes;

    private AudioCarver(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Writes the sounds of a container into a folder beside it, numbered in their order. */
    static void carve(Path container) throws IOException {
        AudioCarver carver = new AudioCarver(unpacked(Files.readAllBytes(container)));
        Path into = Files.createDirectory(container.resolveSibling(container.getFileName() + ".d"));
        int count = 0;
        for (int at = 0; at < carver.bytes.length; ) {
            int wave = carver.waveBytes(at);
            int length = wave > 0 ? wave : carver.oggBytes(at);
            if (length > 0) {
                Path file = into.resolve(String.format("%04d.%s", count++, wave > 0 ? "wav" : "ogg"));
                Files.write(file, Arrays.copyOfRange(carver.bytes, at, at + length));
            }
            at += Math.max(length, 1);
        }
    }

    private static byte[] unpacked(byte[] raw) throws IOException {
        if (raw.length < 2 || raw[0] != PACKED_GROUP[0] || raw[1] != PACKED_GROUP[1]) {
            return raw;
        }
        System.arraycopy(GZIP, 0, raw, 0, GZIP.length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
            return in.readAllBytes();
        }
    }

    /** Length of the WAVE file that starts here; 0 when none does. */
    private int waveBytes(int at) {
        if (!startsWith(RIFF, at) || !startsWith(WAVE, at + RIFF_HEADER_BYTES)) {
            return 0;
        }
        long length = RIFF_HEADER_BYTES + (littleEndian(at + RIFF.length) & 0xffffffffL);
        return at + length <= bytes.length ? (int) length : 0;
    }

    /** Length of the Ogg stream that starts here, page after page to its last; 0 when none does. */
    private int oggBytes(int at) {
        if (!startsWith(OGG, at) || (bytes[at + OGG_FLAGS] & OGG_FIRST_PAGE) == 0) {
            return 0;
        }
        int page = at;
        while (startsWith(OGG, page) && page + OGG_HEADER_BYTES <= bytes.length) {
            int next = page + pageBytes(page);
            if (next > bytes.length) {
                return 0;
            }
            if ((bytes[page + OGG_FLAGS] & OGG_LAST_PAGE) != 0) {
                return next - at;
            }
            page = next;
        }
        return 0;
    }

    private int pageBytes(int page) {
        int segments = bytes[page + OGG_HEADER_BYTES - 1] & 0xff;
        int length = OGG_HEADER_BYTES + segments;
        for (int i = 0; i < segments && page + OGG_HEADER_BYTES + i < bytes.length; i++) {
            length += bytes[page + OGG_HEADER_BYTES + i] & 0xff;
        }
        return length;
    }

    private int littleEndian(int at) {
        return ByteBuffer.wrap(bytes, at, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    private boolean startsWith(byte[] signature, int at) {
        return at + signature.length <= bytes.length
                && Arrays.equals(bytes, at, at + signature.length, signature, 0, signature.length);
    }
}
