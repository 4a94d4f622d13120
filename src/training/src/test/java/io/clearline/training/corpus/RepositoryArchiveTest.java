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
package io.clearline.training.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audio of a public repository comes into a corpus as its archive has it, and its absence is explained. */
class RepositoryArchiveTest {
    private static final PublicRepository VOICES =
            new PublicRepository("someone/voices", "0123456789abcdef0123456789abcdef01234567", List.of("CC-BY-4.0"));

    @TempDir
    private Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private int status = 200;
    private byte[] body = {};

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void filesLieWithoutTheFolderThatTheArchivePutsAroundThem() throws Exception {
        body = archiveOf("voices-0123456/audio/hello.wav", "hello");

        RepositoryArchive archive = RepositoryArchive.download(folder, "voices", VOICES, address());
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        archive.unpack(unpacked);

        assertThat(unpacked.resolve("audio/hello.wav")).hasContent("hello");
        assertThat(archive.origin(unpacked).version()).isEqualTo(VOICES.commit());
        assertThat(archive.origin(unpacked).licences()).containsExactly("CC-BY-4.0");
        assertThat(archive.origin(unpacked).sha256()).hasSize(64);
    }

    @Test
    void anArchiveThatIsThereIsNotDownloadedAgain() throws Exception {
        body = archiveOf("voices-0123456/a.wav", "a");

        RepositoryArchive.download(folder, "voices", VOICES, address());
        RepositoryArchive.download(folder, "voices", VOICES, address());

        assertThat(requests).hasValue(1);
    }

    @Test
    void anErrorOfTheServerSaysWhereToPutAnArchiveThatWasDownloadedElsewhere() {
        status = 404;

        assertThatThrownBy(() -> RepositoryArchive.download(folder, "voices", VOICES, address()))
                .isInstanceOf(RepositoryArchive.UnreachableException.class)
                .hasMessageContaining("status 404")
                .hasMessageContaining("put it at " + folder.resolve("voices_" + VOICES.commit() + ".tar.gz"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aHostThatDoesNotAnswerLeavesNoPartOfAnArchive() {
        URI nobody = address();
        server.stop(0);

        assertThatThrownBy(() -> RepositoryArchive.download(folder, "voices", VOICES, nobody))
                .isInstanceOf(RepositoryArchive.UnreachableException.class)
                .hasMessageContaining("Can't download " + nobody);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRepositoryIsFixedToACommit() {
        assertThatThrownBy(() -> new PublicRepository("someone/voices", "main", List.of()))
                .hasMessageContaining("40 hexadecimal digits, found 'main'");
        assertThatThrownBy(() -> new PublicRepository("voices", VOICES.commit(), List.of()))
                .hasMessageContaining("OWNER/NAME, found 'voices'");
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/voices.tar.gz");
    }

    /** A gzipped tar archive of one file. */
    private byte[] archiveOf(String path, String content) throws IOException {
        Path root = Files.createTempDirectory("repository");
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content.getBytes(UTF_8));
            Path archive = root.resolve("archive.tar.gz");
            Tool.TAR.run(root, List.of("-czf", archive.toString(), path.substring(0, path.indexOf('/'))));
            return Files.readAllBytes(archive);
        } finally {
            Folders.delete(root);
        }
    }
}
