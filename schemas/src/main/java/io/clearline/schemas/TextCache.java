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
 * A bounded cache of strings that occur in many records, such as stream ids. A repeated text returns the same
 * {@link String}, which saves its allocation and the computation of its hash code. A new text replaces the one that
 * occupied its slot. Not thread-safe.
 */
public final class TextCache {
    /** A power of two, sized for a few thousand streams per task. */
    private static final int SLOTS = 4096;
    /** The limit of stream ids, sessions and attribute values. Longer texts rarely repeat and are not cached. */
    private static final int MAX_LENGTH = 256;

    private final String[] texts = new String[SLOTS];

    /**
     * Returns the string of ASCII bytes.
     *
     * @return null if the text is too long to be cached, or if a byte is zero or not ASCII. UTF-8 and Java's modified
     *     UTF-8 differ for these bytes, so the caller must decode them
     */
    public String ofAscii(byte[] bytes, int length) {
        if (length > MAX_LENGTH) {
            return null;
        }
        // Computed as String.hashCode() does, so that comparing the hashes rejects most other texts without a scan.
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
