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
package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedStartIT {
    @TempDir
    Path folder;

    /** A program whose broker loses its folder. The call is that of Kafka's log manager for this case. */
    static final class LosingItsFolder {
        private LosingItsFolder() {}

        public static void main(String[] args) throws Exception {
            EmbeddedKafka.start(Path.of(args[0]));
            Files.move(Path.of(args[0]), Path.of(args[0] + "-elsewhere"));
            Exit.halt(1);
        }
    }

    @Test
    void aProgramWhoseBrokerCanNotWriteAnyMoreEndsWithOneSentenceThatNamesTheFolder() throws Exception {
        Path kafka = folder.resolve("kafka");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LosingItsFolder.class.getName(),
                        kafka.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("clearline: "))
                .toList();

        assertThat(program.waitFor()).isEqualTo(1);
        assertThat(lines).singleElement().asString().contains(kafka + " can't be written to: it does not exist");
    }

    @Test
    void aBrokerWhosePortIsTakenFailsWithTheReasonAndStartsLaterOnTheSameFolder() throws Exception {
        int port = Ports.free();
        try (ServerSocket used = new ServerSocket(port, 1, InetAddress.getByName("localhost"))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, used.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("at port " + port)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("already in use");
        }
        assertThatCode(() -> EmbeddedKafka.start(folder, port).close()).doesNotThrowAnyException();
    }

    @Test
    void aFailedStartReleasesTheFolderOfTheCheckpoints() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createFile(home.resolve("kafka"));
        LocalSettings noFolderForKafka = LocalSettings.temporary(1, 1).in(home).checkpointsIn(checkpoints);

        assertThatThrownBy(() -> LocalPlatform.start(noFolderForKafka))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(home.resolve("kafka").toString());

        assertThatCode(() -> CheckpointFolder.open(checkpoints).close()).doesNotThrowAnyException();
    }
}
