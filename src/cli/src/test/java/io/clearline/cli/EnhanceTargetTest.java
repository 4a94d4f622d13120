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
import static org.assertj.core.api.Assumptions.assumeThat;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code enhance --out} may name, and what is refused instead of becoming something else. */
class EnhanceTargetTest {
    private static final int SAMPLES = 4000;

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();
    private Path in;

    @BeforeEach
    void makeFile() throws IOException {
        AudioClip clip = AudioFiles.read(Samples.speech().get(0));
        in = folder.resolve("in.wav");
        AudioFiles.writeWav(in, Arrays.copyOf(clip.samples(), SAMPLES), 1, clip.sampleRateHz());
    }

    @Test
    void aFifoIsWrittenAndNotReplaced() throws Exception {
        Path fifo = folder.resolve("fifo.wav");
        assumeThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> contentOf(fifo));

        assertThat(enhance(in, "-o", fifo.toString())).as(err.toString()).isZero();

        assertThat(Files.readAttributes(fifo, java.nio.file.attribute.BasicFileAttributes.class)
                        .isOther())
                .isTrue();
        Path file = folder.resolve("file.wav");
        assertThat(enhance(in, "-o", file.toString())).isZero();
        Path piped = Files.write(folder.resolve("piped.wav"), received.get());
        assertThat(AudioFiles.read(piped).samples())
                .isEqualTo(AudioFiles.read(file).samples());
    }

    @Test
    void aFifoWithoutAContainerInItsNameGetsTheOneThatIsAskedFor() throws Exception {
        Path fifo = folder.resolve("fifo");
        assumeThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> contentOf(fifo));

        assertThat(enhance(in, "--format", "flac", "-o", fifo.toString()))
                .as(err.toString())
                .isZero();

        assertThat(received.get()).startsWith('f', 'L', 'a', 'C');
    }

    private static byte[] contentOf(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aDeviceIsWrittenInPlace() {
        assumeThat(Path.of("/dev/null")).exists();
        assertThat(enhance(in, "-o", "/dev/null")).as(err.toString()).isZero();
    }

    @Test
    void aFullDeviceIsAFailureWithItsReason() {
        assumeThat(Path.of("/dev/full")).exists();
        assertThat(enhance(in, "-o", "/dev/full")).isEqualTo(1);
        assertThat(err.toString()).contains("No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q.mp3", "q.wave", "q.OGG", "q.m4a"})
    void aNameOfAnAudioFileThatCannotBeWrittenIsInvalid(String name) {
        assertThat(enhance(in, "-o", folder.resolve(name).toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Results are WAV or FLAC").contains(name);
        assertThat(folder.resolve(name)).doesNotExist();
    }

    @Test
    void aFormatThatContradictsTheNameIsInvalid() {
        assertThat(enhance(in, "-o", folder.resolve("q.wav").toString(), "--format", "flac"))
                .isEqualTo(2);
        assertThat(enhance(in, "-o", folder.resolve("q.flac").toString(), "--format", "wav"))
                .isEqualTo(2);
        assertThat(enhance(in, "-o", folder.resolve("q.flac").toString(), "--format", "float32"))
                .isEqualTo(2);
        assertThat(enhance(in, "-o", folder.resolve("q.flac").toString(), "--format", "flac"))
                .isZero();
        assertThat(enhance(in, "-o", folder.resolve("q.flac").toString(), "--format", "pcm16"))
                .isZero();
    }

    @Test
    void aFileThatIsNoSoundIsNotTakenForAFolder() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThat(enhance(in, "-o", notes.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Expected a folder").contains("notes.txt");
        assertThat(notes).hasContent("mine");
    }

    @Test
    void oneFileIsNoTargetForSeveral() {
        assertThat(enhance(in, in.toString(), "-o", folder.resolve("q.wav").toString()))
                .isEqualTo(2);
        assertThat(enhance(folder, "-o", folder.resolve("q.wav").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Expected a folder as --out for several files");
    }

    @Test
    void aFolderMayHaveADotInItsName() {
        assertThat(enhance(in, "-o", folder.resolve("run.2").toString())).isZero();
        assertThat(folder.resolve("run.2/in.wav")).exists();
    }

    private int enhance(Path input, String... more) {
        String[] line = new String[more.length + 3];
        line[0] = "enhance";
        line[1] = "-q";
        line[2] = input.toString();
        System.arraycopy(more, 0, line, 3, more.length);
        return Clearline.commandLine().setErr(new PrintWriter(err, true)).execute(line);
    }
}
