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
 * @param file path below the project's folder
 * @param line of the file, from 1
 * @param check null: the document says nothing, as those outside of {@code docs} do
 * @param detail what stands behind the colon: a reason, or a text to wait for; may be empty
 * @param text the commands
 */
public record CommandBlock(String file, int line, Check check, String detail, String text) {
    private static final String SHELL = "sh";

    /**
     * The block of a fence.
     *
     * @param info what stands behind the fence, such as {@code sh background: Ready}
     * @return null when it holds no shell commands
     * @throws IllegalArgumentException when the check is none that there is
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

    /** Where it stands, for messages. */
    public String place() {
        return file + ":" + line;
    }
}
