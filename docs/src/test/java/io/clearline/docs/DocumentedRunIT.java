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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Executes what the pages tell a reader to execute, page by page, in one session; what it wrote stays in the folder.
 */
@Tag("slow")
class DocumentedRunIT {
    private static final Path FOLDER = CommittedText.home().resolve("docs/target/documented-run");

    private final List<String> failures = new ArrayList<>();
    private int ran;

    @Test
    void everyBlockThatRunsPasses() throws IOException, InterruptedException {
        clear();
        try (Session session = new Session(FOLDER)) {
            for (MarkdownFile page : Documents.pages()) {
                for (CommandBlock block : page.commandBlocks()) {
                    execute(session, block);
                }
            }
        }
        System.out.println((ran - failures.size()) + " of " + ran + " blocks passed.");
        assertThat(failures).isEmpty();
    }

    private void execute(Session session, CommandBlock block) throws InterruptedException {
        if (block.check() != Check.RUN && block.check() != Check.BACKGROUND) {
            return;
        }
        ran++;
        long startNanos = System.nanoTime();
        try {
            String output = block.check() == Check.RUN ? session.run(block) : session.startInBackground(block);
            System.out.printf("%s passed in %.1f s%n%s%n", block.place(), secondsSince(startNanos), output);
        } catch (IOException e) {
            failures.add(block.place() + " " + e.getMessage());
            System.out.printf("%s failed: %s%n", block.place(), e.getMessage());
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void clear() throws IOException {
        if (!Files.exists(FOLDER)) {
            return;
        }
        // Deletes symbolic links without following them.
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
