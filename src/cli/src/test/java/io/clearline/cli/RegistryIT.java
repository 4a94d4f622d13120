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

import io.clearline.job.JobOptions;
import io.clearline.kafka.RecordReader;
import io.clearline.kafka.Topics;
import io.clearline.kafka.WireFormat;
import io.clearline.local.LocalPlatform;
import io.clearline.testkit.FakeSchemaRegistry;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that writes the framing of a schema registry, and reads it as well as single-object encoding. */
class RegistryIT {
    @TempDir
    private Path folder;

    @Test
    void framesInEitherFramingComeOutInTheRegistrys() throws IOException {
        Path file = Samples.speech().get(0);
        try (FakeSchemaRegistry registry = new FakeSchemaRegistry();
                LocalPlatform platform = LocalPlatform.start(null, 0, 2, 2, 0)) {
            Configuration options = new Configuration()
                    .set(JobOptions.OVERLOAD_DEADLINE, Duration.ZERO)
                    .set(JobOptions.REORDER_TIMEOUT, Duration.ZERO)
                    .set(JobOptions.WIRE, WireFormat.REGISTRY)
                    .set(JobOptions.REGISTRY, registry.url());
            platform.submit(options, new ModelOptions().shipped(), 2);
            String servers = platform.bootstrapServers();

            run("send", file.toString(), "--stream", "a", "--speed", "max", "--bootstrap-servers", servers);
            run(
                    "send",
                    file.toString(),
                    "--stream",
                    "b",
                    "--speed",
                    "max",
                    "--bootstrap-servers",
                    servers,
                    "--wire",
                    "registry",
                    "--registry",
                    registry.url());
            for (String stream : new String[] {"a", "b"}) {
                run(
                        "receive",
                        "--stream",
                        stream,
                        "--out",
                        folder.resolve(stream + ".wav").toString(),
                        "--bootstrap-servers",
                        servers,
                        "--registry",
                        registry.url());
            }

            assertThat(folder.resolve("a.wav")).hasSameBinaryContentAs(folder.resolve("b.wav"));
            assertThat(registry.subjects()).contains("clearline.frames.raw-value", "clearline.frames.enhanced-value");
            ByteBuffer value = ByteBuffer.wrap(anyEnhancedFrame(servers));
            assertThat(value.get()).isZero();
            assertThat(registry.schema(value.getInt())).contains("EnhancedFrame");
        }
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
