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
 * Reads strings in the format of {@link java.io.DataOutput#writeUTF}, like {@link DataInput#readUTF}. A string that was
 * read before is returned as the same object, so that a stream id that repeats allocates nothing. Not thread-safe.
 */
public final class CachingUtfReader {
    /** Size of the length that precedes the bytes. */
    private static final int LENGTH_BYTES = 2;

    private final TextCache texts = new TextCache();
    private byte[] bytes = new byte[256];

    /**
     * Reads the next string.
     *
     * @throws IOException if the input ends early or is not modified UTF-8
     */
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
