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
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Unpacks the speech of the disk file of Beneath a Steel Sky. The table is in the file {@code sky.dnr} beside it: a
 * count, then eight bytes per file, little-endian, with 16 bits of number, 24 bits of offset and 24 bits of size. Files
 * with numbers from 50,000 are speech: a header, then RNC-compressed unsigned 8-bit samples at 11,025 Hz. Stateless.
 */
final class SteelSky {
    private static final int FIRST_SPEECH = 50_000;
    private static final int ENTRY_BYTES = 8;
    private static final int HEADER_BYTES = 22;
    private static final int THREE_BYTES = 0xffffff;
    /** Flag in the offset: the offset is in units of 16 bytes. */
    private static final int FAR = 0x800000;

    /** The upper two bits of the size are flags. */
    private static final int SIZE_BITS = 0x3fffff;

    private SteelSky() {}

    /**
     * Writes the speech into a folder, one file for each sentence, named by its number.
     *
     * @throws IOException if the table is missing, the disk file is truncated, or a sentence is corrupt
     */
    static void unpack(Path disk, Path into) throws IOException {
        ByteBuffer table = ByteBuffer.wrap(Files.readAllBytes(disk.resolveSibling("sky.dnr")))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = Files.readAllBytes(disk);
        for (int at = Integer.BYTES; at + ENTRY_BYTES <= table.capacity(); at += ENTRY_BYTES) {
            int number = Short.toUnsignedInt(table.getShort(at));
            if (number < FIRST_SPEECH) {
                continue;
            }
            int offset = table.getInt(at + 2) & THREE_BYTES;
            int from = (offset & FAR) == 0 ? offset : (offset & ~FAR) << 4;
            int size = table.getInt(at + 4) >>> 8 & SIZE_BITS;
            if (from + size > bytes.length) {
                throw new IOException("The disk file " + disk + " is truncated before file " + number + ".");
            }
            if (RncData.isAt(bytes, from + HEADER_BYTES)) {
                Files.write(into.resolve(number + ".u8"), RncData.unpack(bytes, from + HEADER_BYTES));
            }
        }
    }
}
