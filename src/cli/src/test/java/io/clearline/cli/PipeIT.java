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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code ffmpeg ... | clearline enhance - | ffmpeg ...} at 48 kHz with two channels. */
@Tag("jdk")
class PipeIT {
    private static final String TWO_CHANNELS = "anoisesrc=d=2:r=48000:a=0.1:seed=1[a];"
            + "sine=frequency=440:r=48000:d=2[b];[a][b]join=inputs=2:channel_layout=stereo";

    @TempDir
    private Path folder;

    @Test
    void theOutputOfThePipeIsThatOfEnhanceForTheFile() throws Exception {
        Path source = Files.createDirectories(folder.resolve("in")).resolve("sound.wav");
        assumeTrue(isThere(source), "The pipe was not tried: there is no ffmpeg.");
        Path piped = folder.resolve("piped.wav");

        List<Process> pipe = ProcessBuilder.startPipeline(List.of(
                program("ffmpeg", "-v", "error", "-i", source.toString(), "-f", "wav", "-"),
                clearline("enhance", "-"),
                program("ffmpeg", "-v", "error", "-y", "-i", "-", piped.toString())));
        for (Process process : pipe) {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors())).isZero();
        }
        // ffmpeg writes a placeholder for the length into a pipe, because it does not know the length yet.
        assertThat(Files.readString(errors()))
                .containsOnlyOnce("clearline: warning")
                .contains("read to its end");

        assertThat(Clearline.commandLine().execute("enhance", source.toString(), "--out", folder.toString()))
                .isZero();
        List<AudioClip> expected = AudioFiles.readChannels(folder.resolve("sound.wav"));
        List<AudioClip> received = AudioFiles.readChannels(piped);
        assertThat(received).hasSize(2);
        for (int channel = 0; channel < 2; channel++) {
            assertThat(received.get(channel).sampleRateHz()).isEqualTo(48_000);
            assertThat(received.get(channel).samples())
                    .hasSize(96_000)
                    .isEqualTo(expected.get(channel).samples());
        }
    }

    /** Creates the audio; skips the test if ffmpeg is not installed. */
    private boolean isThere(Path source) throws Exception {
        try {
            Process made = program("ffmpeg", "-v", "error", "-filter_complex", TWO_CHANNELS, source.toString())
                    .start();
            return made.waitFor(1, TimeUnit.MINUTES) && made.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private ProcessBuilder clearline(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dclearline.home=" + CommittedText.home(),
                "-cp",
                System.getProperty("java.class.path"),
                Clearline.class.getName()));
        command.addAll(List.of(arguments));
        return program(command.toArray(String[]::new));
    }

    private ProcessBuilder program(String... command) {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()));
    }

    private Path errors() {
        return folder.resolve("errors.txt");
    }
}
