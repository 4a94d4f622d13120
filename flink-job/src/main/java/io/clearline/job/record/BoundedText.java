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
package io.clearline.job.record;

/**
 * Limits the length of texts in events and dead letters. They may contain text from a sender or the name of a file,
 * which must not make a record too large.
 */
public final class BoundedText {
    /** Long enough for a sentence with a path in it. */
    public static final int MAX_CHARS = 1000;

    private static final String ELLIPSIS = "...";

    private BoundedText() {}

    /**
     * Returns the text, or its beginning followed by three dots if it is longer than {@value #MAX_CHARS} characters.
     */
    public static String of(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        int end = MAX_CHARS - ELLIPSIS.length();
        // A surrogate pair must not be split, because half of it has no encoding.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
