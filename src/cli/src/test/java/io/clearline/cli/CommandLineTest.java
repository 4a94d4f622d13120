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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo", "up", "job", "gateway", "console", "send", "receive", "enhance", "score", "model", "train",
                "corpus"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: clearline " + command);
    }

    @Test
    void theVersionNamesJavaAndTheKernel() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .contains("java " + Runtime.version().feature())
                .contains("kernel ");
    }

    /** Scripts ask for the version often, and loading logging, Flink and Kafka would take ten times as long. */
    @Test
    void theVersionIsPrintedWithoutLoadingTheProgram() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Clearline.class.getName(),
                        "--version")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output)
                .contains("clearline ", "kernel ", VersionText.class.getName())
                .doesNotContain("org.apache.", "org.slf4j.", "CommandLine$Model", "DemoCommand");
    }

    @Test
    void anInvalidCommandLineEndsWithTwo() {
        assertThat(run("send", "a.wav")).isEqualTo(2);
        assertThat(err.toString()).contains("--stream").contains("See: clearline send --help");
    }

    @Test
    void aMissingCommandIsInvalid() {
        assertThat(run()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "fast"})
    void aSpeedIsAFactorAboveZero(String speed) {
        assertThat(run("send", "a.wav", "--stream", "a", "--speed", speed)).isEqualTo(2);
        assertThat(err.toString()).contains("expected a factor above 0, or max");
    }

    @Test
    void aMissingFileIsOneSentence(@TempDir Path folder) {
        assertThat(run("send", folder.resolve("no.wav").toString(), "--stream", "a"))
                .isEqualTo(1);
        assertThat(err.toString().strip())
                .startsWith("clearline: ")
                .contains("no.wav")
                .doesNotContain("\n");
    }

    @Test
    void debugPrintsTheStackTrace(@TempDir Path folder) {
        assertThat(run("send", folder.resolve("no.wav").toString(), "--stream", "a", "--debug"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("\tat io.clearline.cli.SendCommand.call");
    }

    @Test
    void anUnknownModelIsNamed(@TempDir Path folder) {
        assertThat(run("model", "show", "nosuch", "--model-repository", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no model or channel \"nosuch\"");
    }

    @Test
    void aMissingKafkaIsReportedImmediately(@TempDir Path folder) {
        int code = run(
                "receive",
                "--stream",
                "a",
                "--out",
                folder.resolve("a.wav").toString(),
                "--bootstrap-servers",
                "localhost:1");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("No Kafka answers at localhost:1");
    }

    @Test
    void aGatewayWithoutAProtocolIsInvalid() {
        assertThat(run("gateway")).isEqualTo(2);
        assertThat(err.toString()).contains("--rtp").contains("--audiosocket").contains("--websocket");
    }

    @Test
    void aGatewayBeyondLoopbackRequiresAllowedNetworks() {
        assertThat(run("gateway", "--rtp", "4000-4100", "--bind", "0.0.0.0")).isEqualTo(2);
        assertThat(err.toString()).contains("--allow");
    }

    @Test
    void aCertificateWithoutItsKeyOrWithoutWebSocketIsInvalid() {
        assertThat(run("gateway", "--websocket", "0", "--tls-certificate", "a.pem"))
                .isEqualTo(2);
        assertThat(run("gateway", "--rtp", "4000-4100", "--tls-certificate", "a.pem", "--tls-key", "b.pem"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--tls-certificate, --tls-key and --websocket must be given together");
    }

    @Test
    void aMissingCertificateIsNamed(@TempDir Path folder) {
        String missing = folder.resolve("missing.pem").toString();
        assertThat(run("gateway", "--websocket", "0", "--tls-certificate", missing, "--tls-key", missing))
                .isEqualTo(1);
        assertThat(err.toString()).contains(missing).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000", "4000-", "4001-4002", "4100-4000", "70000-70010"})
    void aRangeOfRtpPortsHasAnEvenPortAndTheOneAboveIt(String range) {
        assertThat(run("gateway", "--rtp", range)).isEqualTo(2);
        assertThat(err.toString()).contains("4000-4100");
    }

    @Test
    void aDelayIsWithinItsBounds() {
        assertThat(run("gateway", "--rtp", "4000-4100", "--max-delay", "5000")).isEqualTo(2);
        assertThat(err.toString()).contains("40..1000");
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("gateway", "--audiosocket", port, "--bootstrap-servers", "localhost:1"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("Port " + port).contains("AudioSocket (--audiosocket)");
        }
    }

    @Test
    void anEmptyTokenFileIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "\n");
        assertThat(run("gateway", "--audiosocket", "0", "--token-file", file.toString(), "--rtp", "4000"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Expected a token in " + file);
    }

    private int run(String... args) {
        CommandLine commandLine = Clearline.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
