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

import io.clearline.dsp.AudioFiles;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enhances a folder with {@code clearline archive --once} and the published model. */
class ArchiveTest {
    private static final int SAMPLES = 4000;

    @TempDir
    private Path folder;

    private Path in;
    private Path out;
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void makeFolders() throws IOException {
        in = Files.createDirectories(folder.resolve("in"));
        out = folder.resolve("out");
    }

    @Test
    void eachResultIsThatOfEnhanceAndABrokenFileStopsNoOther() throws IOException {
        Path plain = sound(in.resolve("a.wav"), 0);
        Path deep = sound(Files.createDirectories(in.resolve("x/y")).resolve("b.wav"), 1);
        Path anyBytes = Path.of(URI.create(in.toUri() + "n%FF%0Ae.wav"));
        Files.copy(deep, anyBytes);
        Files.writeString(in.resolve("broken.wav"), "RIFF this is no sound");
        Files.writeString(in.resolve("notes.txt"), "no audio");

        assertThat(archive()).isEqualTo(1);
        assertThat(errors.toString()).contains("broken.wav can't be enhanced");
        assertThat(out.resolve("broken.wav")).doesNotExist();
        assertThat(Files.readString(out.resolve(".clearline/journal.jsonl"))).contains("FAILED");

        Path expected = folder.resolve("expected");
        assertThat(Clearline.commandLine()
                        .execute("enhance", "-q", plain.toString(), deep.toString(), "--out", expected.toString()))
                .isZero();
        assertThat(out.resolve("a.wav")).hasSameBinaryContentAs(expected.resolve("a.wav"));
        assertThat(out.resolve("x/y/b.wav")).hasSameBinaryContentAs(expected.resolve("b.wav"));
        assertThat(Path.of(URI.create(out.toUri() + "n%FF%0Ae.wav"))).hasSameBinaryContentAs(expected.resolve("b.wav"));
        assertThat(results()).hasSize(3);
    }

    @Test
    void aFileIsEnhancedAgainOnlyIfItChanges() throws IOException {
        Path first = sound(in.resolve("a.wav"), 0);
        Path second = sound(in.resolve("b.wav"), 1);
        assertThat(archive()).isZero();
        Files.delete(out.resolve("a.wav"));
        byte[] before = Files.readAllBytes(out.resolve("b.wav"));

        Files.setLastModifiedTime(first, FileTime.fromMillis(1_000_000));
        sound(second, 2);
        assertThat(archive()).isZero();

        assertThat(out.resolve("a.wav")).doesNotExist();
        assertThat(Files.readAllBytes(out.resolve("b.wav"))).isNotEqualTo(before);
        assertThat(archive("--strength", "0.5")).isZero();
        assertThat(out.resolve("a.wav")).exists();
    }

    @Test
    void aFolderInsideTheOtherIsRefused() {
        out = in.resolve("out");
        assertThat(archive()).isEqualTo(1);
        assertThat(errors.toString()).contains("none is inside the other");
    }

    private int archive(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("archive", in.toString(), out.toString(), "--once", "--settle", "0"));
        arguments.addAll(List.of(more));
        return Clearline.commandLine().setErr(new PrintWriter(errors)).execute(arguments.toArray(String[]::new));
    }

    private List<Path> results() throws IOException {
        try (var files = Files.walk(out)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(out.resolve(".clearline")))
                    .toList();
        }
    }

    /** Writes a quarter of a second of speech. */
    private static Path sound(Path file, int which) throws IOException {
        var clip = AudioFiles.read(Samples.speech().get(which));
        AudioFiles.writeWav(file, Arrays.copyOf(clip.samples(), SAMPLES), 1, clip.sampleRateHz());
        return file;
    }
}
