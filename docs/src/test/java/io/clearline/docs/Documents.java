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

/** Lists the Markdown documents of the tree that are tested. Stateless. */
final class Documents {
    /** Documents that describe the past, and therefore may name commands that no longer exist. */
    private static final Set<String> HISTORY = Set.of("CHANGELOG.md");
    /** Folders of build outputs and data. */
    private static final Set<String> SKIPPED = Set.of("target", "out", "corpus", ".git", ".cifuzz-corpus");

    private Documents() {}

    /** Returns every document except for the changelog, in the order of their paths. */
    static List<MarkdownFile> all() throws IOException {
        Path home = CommittedText.home();
        List<String> paths = new ArrayList<>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean kept = !SKIPPED.contains(folder.getFileName().toString());
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

    /** Returns the pages of {@code docs} in the order of the navigation, in which their commands are executed. */
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
