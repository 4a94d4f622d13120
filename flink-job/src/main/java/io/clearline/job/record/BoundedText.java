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

/** Text for events and dead letters: what a sender or a file name puts into it must not make a record too large. */
public final class BoundedText {
    /** Long enough for a sentence with a path in it. */
    public static final int MAX_CHARS = 1000;

    private static final String ELLIPSIS = "...";

    private BoundedText() {}

    /** The text, or its beginning with three dots when it has more than {@link #MAX_CHARS} characters. */
    public static String of(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        int end = MAX_CHARS - ELLIPSIS.length();
        // Half of a surrogate pair has no encoding.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
