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
package io.clearline.docs;

import java.util.Locale;

/**
 * How a test checks a block of commands. It is the first word after {@code sh} in the info string of the block, as in
 * {@code sh elsewhere: needs Asterisk}.
 */
public enum Check {
    /** The block is executed, and its exit code must be 0. */
    RUN,
    /** The block is started in the background, and the text after the colon must appear in its output. */
    BACKGROUND,
    /** Every clearline command in the block is parsed. */
    PARSE,
    /** As PARSE, because the block needs something that a test does not have; the text after the colon names it. */
    ELSEWHERE;

    /**
     * Returns the check with the given name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Check named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
