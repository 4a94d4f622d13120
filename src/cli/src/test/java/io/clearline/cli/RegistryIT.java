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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.dsp.AudioFiles;
import io.clearline.dsp.Pcm16;
import io.clearline.job.JobOptions;
import io.clearline.kafka.HttpSchemaRegistry;
import io.clearline.kafka.RecordReader;
import io.clearline.kafka.Topics;
import io.clearline.kafka.WireFormat;
import io.clearline.local.LocalPlatform;
import io.clearline.testkit.FakeSchemaRegistry;
import io.clearline.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a job that writes the framing of a schema registry and reads both this framing and single-object encoding. A
 * foreign registry client reads what the job has written.
 *
 * <p>The registry is a fake, or a real one that is running: {@code -Dclearline.test.registry=URL}. Apicurio, for
 * example, is on Maven Central ({@code io.apicurio:apicurio-registry-app}, {@code java -jar quarkus-run.jar}, Java 21)
 * and answers at {@code http://localhost:8080/apis/ccompat/v7}.
 */
class RegistryIT {
    private static final String REAL = System.getProperty("clearline.test.registry");

    @TempDir
    private Path folder;

    @Test
    void framesInEitherFramingAreEnhancedInTheRegistrysFraming() throws Exception {
        Path file = Samples.speech().get(0);
        try (FakeSchemaRegistry fake = new FakeSchemaRegistry();
                LocalPlatform platform = LocalPlatform.start(null, 0, 2, 2, 0)) {
            String registry = REAL == null ? fake.url() : REAL;
            Configuration options = new Configuration()
                    .set(JobOptions.OVERLOAD_DEADLINE, Duration.ZERO)
                    .set(JobOptions.REORDER_TIMEOUT, Duration.ZERO)
                    .set(JobOptions.WIRE, WireFormat.REGISTRY)
                    .set(JobOptions.REGISTRY, registry);
            platform.submit(options, new ModelOptions().shipped(), 2);
            String servers = platform.bootstrapServers();

            send(file, "a", servers);
            send(file, "b", servers, "--wire", "registry", "--registry", registry);
            Path a = receive("a", servers, registry);
            assertThat(receive("b", servers, registry)).hasSameBinaryContentAs(a);

            ByteBuffer value = ByteBuffer.wrap(anyEnhancedFrame(servers));
            assertThat(value.get()).isZero();
            assertThat(new HttpSchemaRegistry(registry)
                            .schema(value.getInt())
                            .orElseThrow()
                            .getName())
                    .isEqualTo("EnhancedFrame");
            if (REAL == null) {
                assertThat(fake.subjects()).contains("clearline.frames.raw-value", "clearline.frames.enhanced-value");
            }
            assertThat(readByAForeignClient("a", servers, registry))
                    .isEqualTo(pcm(AudioFiles.read(a).samples()));
        }
    }

    private static void send(Path file, String stream, String servers, String... more) {
        List<String> command = new ArrayList<>(
                List.of("send", file.toString(), "--stream", stream, "--speed", "max", "--bootstrap-servers", servers));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
    }

    private Path receive(String stream, String servers, String registry) {
        Path out = folder.resolve(stream + ".wav");
        run(
                "receive",
                "--stream",
                stream,
                "--out",
                out.toString(),
                "--timeout",
                "300",
                "--bootstrap-servers",
                servers,
                "--registry",
                registry);
        return out;
    }

    /** Returns the samples of a stream, read by the example with a client library for Node. */
    private byte[] readByAForeignClient(String stream, String servers, String registry) throws Exception {
        OtherLanguages languages = new OtherLanguages(folder);
        languages.requireNode("kafkajs", "@kafkajs/confluent-schema-registry");
        String example = OtherLanguages.EXAMPLES.resolve("registry.js").toString();
        int code = languages.run("node", example, servers, registry, stream);
        assertThat(code).as(languages.errors()).isZero();
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> frames = new ArrayList<>();
        for (String line : languages.output().lines().toList()) {
            frames.add(json.readTree(line));
        }
        frames.sort(Comparator.comparingLong(frame -> frame.get("sequence").asLong()));
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        for (JsonNode frame : frames) {
            samples.write(Base64.getDecoder().decode(frame.get("payload").asText()));
        }
        return samples.toByteArray();
    }

    private static byte[] pcm(float[] samples) {
        byte[] bytes = new byte[2 * samples.length];
        Pcm16.encode(samples, 0, bytes, 0, samples.length);
        return bytes;
    }

    private static byte[] anyEnhancedFrame(String servers) throws IOException {
        try (RecordReader reader = new RecordReader(servers, Topics.DEFAULT.enhancedFrames(), new Properties())) {
            while (true) {
                for (var each : reader.poll(Duration.ofMillis(200))) {
                    return each.value();
                }
            }
        }
    }

    private static void run(String... arguments) {
        assertThat(Clearline.commandLine().execute(arguments))
                .as(String.join(" ", arguments))
                .isZero();
    }
}
