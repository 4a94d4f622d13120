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
import io.clearline.local.LocalPlatform;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer types, against a real platform with the published model. */
class CommandLineIT {
    @TempDir
    private Path folder;

    @Test
    void aFileThatIsSentAndReceivedIsTheFileThatEnhanceWrites() throws IOException {
        Path file = Samples.speech().get(0);
        Path received = folder.resolve("received.wav");
        try (LocalPlatform platform = LocalPlatform.start(null, 0, 2, 2, 0)) {
            // As fast as possible is faster than live, and what is compared are bits.
            Configuration options = new Configuration()
                    .set(JobOptions.OVERLOAD_DEADLINE, Duration.ZERO)
                    .set(JobOptions.REORDER_TIMEOUT, Duration.ZERO);
            platform.submit(options, new ModelOptions().shipped(), 2);
            String servers = platform.bootstrapServers();
            run("send", file.toString(), "--stream", "a", "--speed", "max", "--bootstrap-servers", servers);
            run("receive", "--stream", "a", "--out", received.toString(), "--bootstrap-servers", servers);
        }
        run("enhance", file.toString(), "--out", folder.toString(), "--format", "wav");

        String enhanced = file.getFileName().toString().replace(".flac", ".wav");
        assertThat(received).hasSameBinaryContentAs(folder.resolve(enhanced));
    }

    private static void run(String... arguments) {
        assertThat(Clearline.commandLine().execute(arguments))
                .as(String.join(" ", arguments))
                .isZero();
    }
}
