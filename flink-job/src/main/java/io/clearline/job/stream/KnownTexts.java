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
package io.clearline.job.stream;

import io.clearline.schemas.TextCache;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * Reads what {@link java.io.DataOutput#writeUTF} wrote, as {@link DataInput#readUTF} does, without a new text for one
 * that came before. Not thread-safe.
 */
public final class KnownTexts {
    private static final int LENGTH_BYTES = 2;

    private final TextCache texts = new TextCache();
    private byte[] bytes = new byte[256];

    /** Reads the next text. */
    public String read(DataInput in) throws IOException {
        int length = in.readUnsignedShort();
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        in.readFully(bytes, 0, length);
        String text = texts.ofAscii(bytes, length);
        return text == null ? decode(length) : text;
    }

    private String decode(int length) throws IOException {
        byte[] whole = new byte[LENGTH_BYTES + length];
        whole[0] = (byte) (length >>> 8);
        whole[1] = (byte) length;
        System.arraycopy(bytes, 0, whole, LENGTH_BYTES, length);
        return new DataInputStream(new ByteArrayInputStream(whole)).readUTF();
    }
}
