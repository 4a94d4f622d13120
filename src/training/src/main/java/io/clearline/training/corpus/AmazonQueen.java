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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Unpacks the speech of the data file of Flight of the Amazon Queen. The file consists of a signature, a table of
 * names, offsets and sizes (big-endian), and the contents. The speech is MP3 in entries such as 020006J1.SB; the letter
 * identifies the character that speaks. Stateless.
 */
final class AmazonQueen {
    private static final String SIGNATURE = "QTBL";
    /** Offset of the number of entries. */
    private static final int COUNT = 13;

    /** Offset of the table. */
    private static final int TABLE = 15;

    private static final int NAME_BYTES = 12;
    /** Position of the offset in an entry. */
    private static final int OFFSET = 13;

    /** Position of the size in an entry. */
    private static final int SIZE = 17;

    private static final int ENTRY_BYTES = 21;

    private AmazonQueen() {}

    /**
     * Writes the speech into a folder.
     *
     * @throws IOException if the file has another format or is truncated
     */
    static void unpack(Path data, Path into) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(data));
        try {
            if (!text(bytes, 0, SIGNATURE.length()).equals(SIGNATURE)) {
                throw new IOException("Expected " + data + " to begin with " + SIGNATURE + ".");
            }
            int count = Short.toUnsignedInt(bytes.getShort(COUNT));
            for (int i = 0; i < count; i++) {
                int entry = TABLE + i * ENTRY_BYTES;
                String name = text(bytes, entry, NAME_BYTES).trim();
                if (name.matches("\\w+\\.SB")) {
                    byte[] file = new byte[bytes.getInt(entry + SIZE)];
                    bytes.get(bytes.getInt(entry + OFFSET), file);
                    Files.write(into.resolve(name), file);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("The file " + data + " is truncated.", e);
        }
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        byte[] text = new byte[length];
        bytes.get(at, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
