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
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that nothing is sent that the job would refuse. No Kafka is needed: it is refused before one is asked. */
class JobLimitsTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void makeFile() throws IOException {
        Path path = folder.resolve("a.wav");
        AudioFiles.writeWav(path, new float[100_000], 1, 48_000);
        file = path.toString();
    }

    @Test
    void aStreamIdThatTheJobRefusesIsInvalid() {
        assertThat(run("send", file, "--stream", "")).isEqualTo(2);
        assertThat(err.toString()).contains("--stream").contains("1..256 bytes of UTF-8; this one has 0");
        assertThat(run("send", file, "--stream", "x".repeat(257))).isEqualTo(2);
        assertThat(run("send", file, "--stream", "a\nb")).isEqualTo(2);
        assertThat(run("send", file, "--stream", "\u00e4".repeat(129))).isEqualTo(2);
    }

    @Test
    void theNumberOfTheFileIsPartOfTheId() {
        assertThat(run("send", file, file, "--stream", "x".repeat(255))).isEqualTo(2);
        assertThat(err.toString()).contains("this one has 257");
    }

    @Test
    void aFrameThatIsTooLongIsInvalid() {
        assertThat(run("send", file, "--stream", "a", "--frame-millis", "1000")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Expected frames of at most 32768 samples")
                .contains("--frame-millis");
    }

    @Test
    void theLongestIdAndFramePass() {
        String longest = "x".repeat(256);
        assertThat(run("send", file, "--stream", longest, "--frame-millis", "600", "--bootstrap", "localhost:1"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("No Kafka answers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b"})
    void aNameOfAGatewayOrIngestedStreamThatCanBeNoIdIsInvalid(String name) {
        assertThat(run("gateway", "--audiosocket", "0", "--instance", name)).isEqualTo(2);
        assertThat(run("ingest", file, "--stream", name)).isEqualTo(2);
        assertThat(err.toString()).contains("Expected --instance").contains("Expected --stream");
    }

    @Test
    void portsOfOneCommandMustDiffer() {
        assertThat(run("up", "--kafka-port", "9000", "--web-port", "9000")).isEqualTo(2);
        assertThat(err.toString()).contains("different ports for --kafka-port and --web-port, found 9000 for both");
        assertThat(run("up", "--kafka-port", "9000", "--console", "9000")).isEqualTo(2);
        assertThat(run("up", "--web-port", "9000", "--metrics", "9000")).isEqualTo(2);
        assertThat(run("gateway", "--audiosocket", "9000", "--websocket", "9000"))
                .isEqualTo(2);
        assertThat(run("gateway", "--audiosocket", "9000", "--http", "9000")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return Clearline.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
