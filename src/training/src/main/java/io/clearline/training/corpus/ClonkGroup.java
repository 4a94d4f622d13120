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
package io.clearline.training.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks the group files of the game Clonk. A group file is gzip data with a different signature. Inside are a
 * scrambled header, a table of entries, and the contents of the entries; an entry may be a group itself.
 */
final class ClonkGroup {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final String TITLE = "RedWolf Design GrpFolder";
    private static final int HEADER_BYTES = 204;
    private static final int HEADER_ENTRIES = 36;
    private static final int SCRAMBLE = 237;
    private static final int ENTRY_BYTES = 316;
    private static final int ENTRY_NAME_BYTES = 257;
    private static final int ENTRY_IS_GROUP = 264;
    private static final int ENTRY_SIZE = 268;
    private static final int ENTRY_OFFSET = 276;

    private final ByteBuffer bytes;

    private ClonkGroup(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Writes all entries into a folder, with subfolders for groups. Entries whose path leaves the folder are skipped.
     *
     * @throws IOException if the file is not a group or is truncated
     */
    static void unpack(Path group, Path into) throws IOException {
        byte[] packed = Files.readAllBytes(group);
        System.arraycopy(GZIP, 0, packed, 0, GZIP.length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            new ClonkGroup(in.readAllBytes()).unpack(0, into);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("The group " + group + " is truncated.", e);
        }
    }

    private void unpack(int group, Path into) throws IOException {
        Files.createDirectories(into);
        int entries = entries(group);
        int data = group + HEADER_BYTES + entries * ENTRY_BYTES;
        for (int i = 0; i < entries; i++) {
            int entry = group + HEADER_BYTES + i * ENTRY_BYTES;
            Path target = into.resolve(name(entry)).normalize();
            if (!target.startsWith(into)) {
                continue;
            }
            int content = data + bytes.getInt(entry + ENTRY_OFFSET);
            if (bytes.getInt(entry + ENTRY_IS_GROUP) != 0) {
                unpack(content, target);
            } else {
                byte[] file = new byte[bytes.getInt(entry + ENTRY_SIZE)];
                bytes.get(content, file);
                Files.write(target, file);
            }
        }
    }

    /**
     * Descrambles the header and returns the number of entries. Every byte is XORed with a constant, and in every three
     * bytes the first and the third are swapped.
     */
    private int entries(int group) throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        bytes.get(group, header);
        for (int i = 0; i < header.length; i++) {
            header[i] ^= (byte) SCRAMBLE;
        }
        for (int i = 0; i + 2 < header.length; i += 3) {
            byte first = header[i];
            header[i] = header[i + 2];
            header[i + 2] = first;
        }
        String title = new String(header, 0, TITLE.length(), StandardCharsets.ISO_8859_1);
        if (!title.equals(TITLE)) {
            throw new IOException("Expected a group titled \"" + TITLE + "\", found \"" + title + "\".");
        }
        return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER_ENTRIES);
    }

    private String name(int entry) {
        int length = 0;
        while (length < ENTRY_NAME_BYTES && bytes.get(entry + length) != 0) {
            length++;
        }
        byte[] name = new byte[length];
        bytes.get(entry, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
