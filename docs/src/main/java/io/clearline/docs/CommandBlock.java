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

/**
 * A block of shell commands in a document. Immutable.
 *
 * @param file path of the document below the project's folder
 * @param line line of the block, from 1
 * @param check how the block is checked; null if the document does not say it, as outside {@code docs}
 * @param detail the text after the colon, a reason or an output to wait for; may be empty
 * @param text the commands
 */
public record CommandBlock(String file, int line, Check check, String detail, String text) {
    private static final String SHELL = "sh";

    /**
     * Returns the block of a code fence.
     *
     * @param info info string of the fence, such as {@code sh background: Ready}
     * @return the block; null if it contains no shell commands
     * @throws IllegalArgumentException if the check does not exist
     */
    static CommandBlock fenced(String file, int line, String info, String text) {
        String[] words = info.strip().split("\\s+", 2);
        if (!words[0].equals(SHELL)) {
            return null;
        }
        if (words.length == 1) {
            return new CommandBlock(file, line, null, "", text);
        }
        String[] check = words[1].split(":\\s*", 2);
        try {
            return new CommandBlock(file, line, Check.named(check[0]), check.length == 1 ? "" : check[1], text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Expected sh run, background, parse or elsewhere in " + file + ":" + line + ", found: " + info, e);
        }
    }

    /** Returns the file and line, for messages. */
    public String place() {
        return file + ":" + line;
    }
}
