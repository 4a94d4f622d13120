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

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.job.JobOptions;
import io.clearline.local.LocalPlatform;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of a first session on a real platform with the published model. */
@Tag("jdk")
class CommandLineIT {
    /** Generous, for a busy machine. */
    private static final String TIMEOUT_SECONDS = "300";

    @TempDir
    private Path folder;

    @Test
    void aFileThatIsSentAndReceivedIsTheFileThatEnhanceWrites() throws IOException {
        Path file = Samples.speech().get(0);
        Path received = folder.resolve("received.wav");
        Path receivedStereo = folder.resolve("received-stereo.wav");
        try (LocalPlatform platform = LocalPlatform.start(null, 0, 2, 2, 0)) {
            // The frames are sent faster than in real time, and bits are compared, so nothing may depend on the clock.
            Configuration options = new Configuration()
                    .set(JobOptions.OVERLOAD_DEADLINE, Duration.ZERO)
                    .set(JobOptions.REORDER_TIMEOUT, Duration.ZERO);
            platform.submit(options, new ModelOptions().shipped(), 2);
            String servers = platform.bootstrapServers();
            run("send", file.toString(), "--stream", "a", "--speed", "max", "--bootstrap-servers", servers);
            receive("a", received, servers);

            Path stereo = stereo();
            run("send", stereo.toString(), "--stream", "b", "--speed", "max", "--bootstrap-servers", servers);
            receive("b", receivedStereo, servers);
            assertThat(received(servers, "b")).isNotEmpty().allMatch(line -> line.contains("\"channels\":2"));
            run("enhance", stereo.toString(), "--out", folder.toString());
            assertThat(receivedStereo).hasSameBinaryContentAs(folder.resolve("stereo.wav"));
        }
        run("enhance", file.toString(), "--out", folder.toString(), "--format", "wav");

        String enhanced = file.getFileName().toString().replace(".flac", ".wav");
        assertThat(received).hasSameBinaryContentAs(folder.resolve(enhanced));
    }

    /** Writes two recordings of different length, at 16 kHz, as the two channels of a call. */
    private Path stereo() throws IOException {
        AudioClip left = AudioFiles.read(Samples.speech().get(0));
        AudioClip right = AudioFiles.read(Samples.speech().get(1));
        int length = Math.min(left.samples().length, right.samples().length);
        float[] interleaved = new float[2 * length];
        for (int i = 0; i < length; i++) {
            interleaved[2 * i] = left.samples()[i];
            interleaved[2 * i + 1] = right.samples()[i];
        }
        Path source = Files.createDirectories(folder.resolve("in")).resolve("stereo.wav");
        AudioFiles.writeWav(source, interleaved, 2, left.sampleRateHz());
        return source;
    }

    /** Returns the lines of JSON that {@code receive} prints for the frames. */
    private static List<String> received(String servers, String stream) {
        StringWriter lines = new StringWriter();
        int code = Clearline.commandLine()
                .setOut(new PrintWriter(lines))
                .execute(
                        "receive",
                        "--stream",
                        stream,
                        "--json",
                        "--timeout",
                        TIMEOUT_SECONDS,
                        "--bootstrap-servers",
                        servers);
        assertThat(code).isZero();
        return lines.toString()
                .lines()
                .filter(line -> line.contains("\"type\":\"frame\""))
                .toList();
    }

    private static void receive(String stream, Path out, String servers) {
        run(
                "receive",
                "--stream",
                stream,
                "--out",
                out.toString(),
                "--timeout",
                TIMEOUT_SECONDS,
                "--bootstrap-servers",
                servers);
    }

    private static void run(String... arguments) {
        assertThat(Clearline.commandLine().execute(arguments))
                .as(String.join(" ", arguments))
                .isZero();
    }
}
