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

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Markdown documents of the tree that tests look at. */
final class Documents {
    /** What was true when it was written stays, though commands change. */
    private static final Set<String> HISTORY = Set.of("CHANGELOG.md");
    /** Outputs, and folders of no document. */
    private static final Set<String> LEFT_OUT = Set.of("target", "out", "corpus", ".git", ".cifuzz-corpus");

    private Documents() {}

    /** Every document but the changelog, in the order of the paths. */
    static List<MarkdownFile> all() throws IOException {
        Path home = CommittedText.home();
        List<String> paths = new ArrayList<>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean kept = !LEFT_OUT.contains(folder.getFileName().toString());
                return kept ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    paths.add(home.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return paths.stream()
                .filter(path -> !HISTORY.contains(path))
                .sorted()
                .map(path -> read(home, path))
                .toList();
    }

    /** The pages of {@code docs}, in the order of the navigation: the order in which their commands run. */
    static List<MarkdownFile> pages() throws IOException {
        Path home = CommittedText.home();
        return Site.pages(home).stream()
                .filter(path -> path.startsWith("docs/"))
                .map(path -> read(home, path))
                .toList();
    }

    private static MarkdownFile read(Path home, String path) {
        try {
            return MarkdownFile.read(home, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
