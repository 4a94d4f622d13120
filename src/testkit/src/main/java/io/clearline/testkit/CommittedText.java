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
package io.clearline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A generated document, or a generated part of one, that is committed to the repository, such as a reference or a table
 * of measurements. A test generates the text and fails if the committed one differs. With
 * {@code -Dclearline.regenerate=true} the test writes the document instead.
 */
public final class CommittedText {
    private static final boolean REGENERATE = Boolean.getBoolean("clearline.regenerate");

    private final Path file;
    private final String regenerate;

    private CommittedText(Path file, String regenerate) {
        this.file = file;
        this.regenerate = regenerate;
    }

    /**
     * Returns the document at a path relative to the root of the repository.
     *
     * @param module folder of the module that contains the test
     * @param test the test that generates the document; the failure message shows the command that runs it
     */
    public static CommittedText at(String path, String module, Class<?> test) {
        return new CommittedText(
                home().resolve(path),
                "./mvnw -pl " + module + " -am test -Dsurefire.failIfNoSpecifiedTests=false -Dclearline.regenerate=true"
                        + " -Dtest=" + test.getSimpleName());
    }

    /** Returns the root of the repository, or the working directory if {@code clearline.home} is not set. */
    public static Path home() {
        return Path.of(System.getProperty("clearline.home", "")).toAbsolutePath();
    }

    /** Returns whether this run writes documents instead of comparing them. */
    public static boolean regenerating() {
        return REGENERATE;
    }

    /** Asserts that the whole document equals {@code text}. */
    public void mustBe(String text) throws IOException {
        if (REGENERATE) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(file + " is out of date. Regenerate it and commit it: " + regenerate)
                .isEqualTo(text);
    }

    /** Asserts that the part between {@code <!-- begin NAME -->} and {@code <!-- end NAME -->} equals {@code text}. */
    public void partMustBe(String name, String text) throws IOException {
        String document = Files.readString(file);
        String begin = "<!-- begin " + name + " -->\n";
        int from = document.indexOf(begin);
        int to = document.indexOf("<!-- end " + name + " -->");
        assertThat(from >= 0 && to > from)
                .as("%s needs the lines <!-- begin %s --> and <!-- end %s -->", file, name, name)
                .isTrue();
        mustBe(document.substring(0, from + begin.length()) + text + document.substring(to));
    }
}
