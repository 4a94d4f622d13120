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
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.job.JobOptions;
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.local.LocalPlatform;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.CommittedText;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receives streams that continue, that begin later, and that have dead letters. */
class ReceiveIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int CUT_FRAMES = 50;

    @TempDir
    private static Path folder;

    private static LocalPlatform platform;
    private static Path file;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws IOException {
        file = Samples.speech().get(0);
        platform = LocalPlatform.start(null, 0, 1, 1, 0);
        // The frames are sent faster than in real time, and bits are compared, so nothing may depend on the clock.
        Configuration options = new Configuration()
                .set(JobOptions.OVERLOAD_DEADLINE, Duration.ZERO)
                .set(JobOptions.REORDER_TIMEOUT, Duration.ZERO);
        platform.submit(options, new ModelOptions().shipped(), 1);
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    void aFollowedStreamIsWrittenSessionBySessionUntilItIsInterrupted() throws Exception {
        Path before = folder.resolve("before.wav");
        assertThat(run("send", file.toString(), "--stream", "f", "--speed", "max"))
                .isZero();
        assertThat(run("receive", "--stream", "f", "--timeout", "300", "--out", before.toString()))
                .isZero();
        assertThat(run("receive", "--stream", "f", "--from", "now", "--timeout", "3", "--out", "none.wav"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("No frame of stream f came within 3 seconds");

        Path lines = folder.resolve("lines.json");
        Process[] follower = {follow("f", lines, folder.resolve("followed.wav"))};
        try {
            // With --from now, frames that are sent before the command reads are skipped.
            await().atMost(TIMEOUT).pollInterval(Duration.ofSeconds(5)).until(() -> {
                // On a busy machine, the broker may not answer within the timeout of a command.
                if (!follower[0].isAlive()) {
                    follower[0] = follow("f", lines, folder.resolve("followed.wav"));
                }
                assertThat(run("send", file.toString(), "--stream", "f", "--speed", "max"))
                        .isZero();
                return sessions(lines).stream()
                        .anyMatch(line -> line.get("complete").asBoolean());
            });
            Path whole = Path.of(whole(lines).get("files").get(0).asText());
            assertThat(whole).hasSameBinaryContentAs(before);

            long framesBefore = frames(lines);
            sendTheBeginning("f");
            await().atMost(TIMEOUT).until(() -> frames(lines) >= framesBefore + CUT_FRAMES / 2);
        } finally {
            follower[0].destroy();
        }
        assertThat(follower[0].waitFor(1, TimeUnit.MINUTES)).isTrue();

        JsonNode last = sessions(lines).get(sessions(lines).size() - 1);
        assertThat(last.get("complete").asBoolean()).isFalse();
        float[] cut =
                AudioFiles.read(Path.of(last.get("files").get(0).asText())).samples();
        assertThat(cut.length).isGreaterThanOrEqualTo(CUT_FRAMES / 2 * 320);
        assertThat(cut).isEqualTo(Arrays.copyOf(AudioFiles.read(before).samples(), cut.length));
    }

    @Test
    void deadLettersOfTheStreamAreShownAndThoseOfOthersAreNot() throws IOException {
        try (FrameSender sender = sender()) {
            for (int i = 0; i < 7; i++) {
                sender.send("d".getBytes(StandardCharsets.UTF_8), "no frame".getBytes(StandardCharsets.UTF_8));
            }
            sender.send("e".getBytes(StandardCharsets.UTF_8), "no frame".getBytes(StandardCharsets.UTF_8));
            sender.flush();
        }
        assertThat(run("send", file.toString(), "--stream", "d", "--speed", "max"))
                .isZero();
        String out = folder.resolve("d.wav").toString();
        assertThat(run("receive", "--stream", "d", "--timeout", "300", "--out", out))
                .isZero();
        assertThat(err.toString().lines().filter(line -> line.contains("dead letter: clearline.frames.raw")))
                .hasSize(5);
        assertThat(err.toString()).contains("7 dead letters of this stream in all");

        // If a stream has only dead letters, they are the reason of the failure.
        assertThat(run("receive", "--stream", "e", "--out", out, "--timeout", "3"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("1 record of it became dead letters");
    }

    /** Sends the first frames of the file, without a last frame. */
    private static void sendTheBeginning(String stream) throws IOException {
        AudioClip clip = AudioFiles.read(file);
        List<AudioFrame> frames = ClipFrames.of(stream, clip, AudioEncoding.PCM_S16LE, 20, 1);
        try (FrameSender sender = sender()) {
            for (AudioFrame frame : frames.subList(0, CUT_FRAMES)) {
                sender.send(frame);
            }
            sender.flush();
        }
    }

    private static FrameSender sender() {
        return new FrameSender(platform.bootstrapServers(), Topics.DEFAULT.rawFrames(), new Properties());
    }

    private static Process follow(String stream, Path lines, Path out) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dclearline.home=" + CommittedText.home(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Clearline.class.getName(),
                        "receive",
                        "--stream",
                        stream,
                        "--follow",
                        "--from",
                        "now",
                        "--json",
                        "--out",
                        out.toString(),
                        "--bootstrap-servers",
                        platform.bootstrapServers())
                .redirectOutput(lines.toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    private static long frames(Path lines) throws IOException {
        return ofType("frame", lines).size();
    }

    private static List<JsonNode> sessions(Path lines) throws IOException {
        return ofType("session", lines);
    }

    private static JsonNode whole(Path lines) throws IOException {
        return sessions(lines).stream()
                .filter(line -> line.get("complete").asBoolean())
                .findFirst()
                .orElseThrow();
    }

    /** Returns the complete lines; the last one may still be in progress. */
    private static List<JsonNode> ofType(String type, Path lines) throws IOException {
        String text = Files.readString(lines);
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> found = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            JsonNode node = json.readTree(line);
            if (node.get("type").asText().equals(type)) {
                found.add(node);
            }
        }
        return found;
    }

    private int run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--bootstrap-servers";
        all[arguments.length + 1] = platform.bootstrapServers();
        return Clearline.commandLine().setErr(new PrintWriter(err, true)).execute(all);
    }
}
