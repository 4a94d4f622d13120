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
 * Avro's unbuffered encoder, without the copies that it makes of every payload and text. One output for life; holds
 * nothing back. Not thread-safe.
 */
final class ArrayEncoder extends DirectBinaryEncoder {
    /** Stream ids, sessions, names of models. */
    private static final int SHORT_TEXT_CHARACTERS = 256;

    private final byte[] text = new byte[SHORT_TEXT_CHARACTERS];

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
        // In UTF-8 each character of ASCII is one byte.
        writeLong(length);
        writeFixed(text, 0, length);
    }

    private boolean copyAscii(String string) {
        for (int i = 0; i < string.length(); i++) {
            char character = string.charAt(i);
            if (character >= 0x80) {
                return false;
            }
            text[i] = (byte) character;
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
