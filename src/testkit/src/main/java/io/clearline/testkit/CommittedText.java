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
 * A document, or a part of one, that a test makes and the tree keeps: a reference, a table of measured numbers. The
 * test fails when the two differ, and writes the document instead when it runs with
 * {@code -Dclearline.regenerate=true}.
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
     * The document at a path below the project's folder, made by a test of a module.
     *
     * @param module folder of the module whose test makes it
     */
    public static CommittedText at(String path, String module, Class<?> test) {
        return new CommittedText(
                home().resolve(path),
                "./mvnw -pl " + module + " -am test -Dsurefire.failIfNoSpecifiedTests=false -Dclearline.regenerate=true"
                        + " -Dtest=" + test.getSimpleName());
    }

    /** The project's folder. */
    public static Path home() {
        return Path.of(System.getProperty("clearline.home", "")).toAbsolutePath();
    }

    /** Whether this run writes what it would otherwise compare. */
    public static boolean regenerating() {
        return REGENERATE;
    }

    /** The whole document must be this. */
    public void mustBe(String text) throws IOException {
        if (REGENERATE) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(file + " is stale. Make it anew and commit it: " + regenerate)
                .isEqualTo(text);
    }

    /** The part between {@code <!-- begin NAME -->} and {@code <!-- end NAME -->} must be this. */
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
