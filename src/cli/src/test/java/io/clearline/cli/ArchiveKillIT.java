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
package io.clearline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.CommittedText;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills {@code clearline archive} in the middle of its work and starts it again. */
class ArchiveKillIT {
    private static final int FILES = 6;
    private static final long POLL_MILLIS = 20;

    @TempDir
    private Path folder;

    @Test
    void afterOneKillItWritesTheSameFilesEachOnce() throws Exception {
        killedAndStartedAgain(1);
    }

    @Test
    @Tag("slow")
    void afterManyKillsItWritesTheSameFilesEachOnce() throws Exception {
        killedAndStartedAgain(FILES - 1);
    }

    private void killedAndStartedAgain(int kills) throws Exception {
        Path in = Files.createDirectories(folder.resolve("in/deep")).getParent();
        for (int i = 0; i < FILES; i++) {
            Path speech = Samples.speech().get(i % Samples.speech().size());
            Files.copy(speech, in.resolve("deep").resolve(i + "-" + speech.getFileName()));
        }
        Path expected = folder.resolve("expected");
        assertThat(Clearline.commandLine()
                        .execute("archive", in.toString(), expected.toString(), "--once", "--settle", "0", "-q"))
                .isZero();

        Path out = folder.resolve("out");
        for (int kill = 1; kill <= kills; kill++) {
            Process process = start(in, out);
            while (results(out).size() < kill && process.isAlive()) {
                Thread.sleep(POLL_MILLIS);
            }
            process.destroyForcibly().waitFor();
        }
        Map<String, FileTime> before = times(out);
        Process last = start(in, out);
        assertThat(last.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(Files.readString(errors())).isZero();

        assertThat(results(out)).isEqualTo(results(expected));
        for (String name : results(expected)) {
            assertThat(out.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
        }
        // A result that was complete at the kill was not written again.
        assertThat(times(out)).containsAllEntriesOf(before);
        assertThat(out.resolve(".clearline/staged")).isEmptyDirectory();
    }

    private Process start(Path in, Path out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dclearline.home=" + CommittedText.home(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Clearline.class.getName(),
                        "archive",
                        in.toString(),
                        out.toString(),
                        "--once",
                        "--settle",
                        "0",
                        "-q")
                .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> results(Path out) throws IOException {
        return List.copyOf(times(out).keySet());
    }

    /** Returns the modification time of each result by its path. */
    private static Map<String, FileTime> times(Path out) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        if (Files.exists(out.resolve("deep"))) {
            try (var files = Files.list(out.resolve("deep"))) {
                for (Path file : files.toList()) {
                    times.put(out.relativize(file).toString(), Files.getLastModifiedTime(file));
                }
            }
        }
        return times;
    }

    private Path errors() {
        return folder.resolve("errors.txt");
    }
}
