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

import java.nio.charset.StandardCharsets;

/**
 * Texts that come again and again, such as stream ids: what was read before is given again and not made anew, with its
 * hash. Bounded: a text takes the place of another. Not thread-safe.
 */
public final class TextCache {
    /** A power of two; some thousand streams of one task. */
    private static final int SLOTS = 4096;
    /** Of a stream id, a session, a value of an attribute; longer texts do not come again. */
    private static final int MAX_LENGTH = 256;

    private final String[] texts = new String[SLOTS];

    /**
     * The text that ASCII bytes spell.
     *
     * @return null where the text is long, or one of the bytes is no ASCII character or is zero: UTF-8 and Java's own
     *     form of it differ there
     */
    public String ofAscii(byte[] bytes, int length) {
        if (length > MAX_LENGTH) {
            return null;
        }
        // As String.hashCode() does, so that the hash of a text that is known tells most others apart.
        int hash = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] <= 0) {
                return null;
            }
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        String known = texts[slot];
        if (known == null || known.hashCode() != hash || !spells(bytes, length, known)) {
            known = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            texts[slot] = known;
        }
        return known;
    }

    private static boolean spells(byte[] bytes, int length, String text) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
