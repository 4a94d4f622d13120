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
package io.clearline.schemas;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.io.DirectBinaryEncoder;

/**
 * Encodes as Avro's unbuffered {@link DirectBinaryEncoder} does, without the copy that Avro makes of every payload and
 * every string.
 *
 * <p>Writes to one output stream for its whole life and buffers nothing, so a caller need not flush. Not thread-safe.
 */
final class ArrayEncoder extends DirectBinaryEncoder {
    /** Longest string that is encoded without a copy: covers stream ids, sessions and model names. */
    private static final int SHORT_TEXT_CHARACTERS = 256;

    private final byte[] ascii = new byte[SHORT_TEXT_CHARACTERS];

    ArrayEncoder(OutputStream output) {
        super(output);
    }

    @Override
    public void writeString(String string) throws IOException {
        int length = string.length();
        if (length > SHORT_TEXT_CHARACTERS || !copyAscii(string)) {
            super.writeString(string);
            return;
        }
        // UTF-8 encodes every ASCII character in one byte, so the number of bytes is the number of characters.
        writeLong(length);
        writeFixed(ascii, 0, length);
    }

    /** Copies the string into {@link #ascii}; returns false at the first character that is not ASCII. */
    private boolean copyAscii(String string) {
        for (int i = 0; i < string.length(); i++) {
            char character = string.charAt(i);
            if (character >= 0x80) {
                return false;
            }
            ascii[i] = (byte) character;
        }
        return true;
    }

    @Override
    public void writeFixed(ByteBuffer bytes) throws IOException {
        if (bytes.hasArray()) {
            writeFixed(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            super.writeFixed(bytes);
        }
    }
}
