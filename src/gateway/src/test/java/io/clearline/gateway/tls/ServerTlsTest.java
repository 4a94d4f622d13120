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
package io.clearline.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearline.gateway.http.AccessToken;
import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.FakeJob;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.media.TcpServer;
import io.clearline.gateway.websocket.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket over TLS with the client of the JDK. */
@Tag("jdk")
class ServerTlsTest {
    private static final long TIMEOUT_SECONDS = 20;

    @TempDir
    private Path folder;

    private Path certificates;
    private Path key;
    private final FakeJob job = new FakeJob();
    private final MediaLoops loops = new MediaLoops(1);
    private TcpServer server;

    @BeforeEach
    void nameFiles() {
        certificates = folder.resolve("fullchain.pem");
        key = folder.resolve("privkey.pem");
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        loops.close();
        job.close();
    }

    private TestCertificate certificate(String algorithm) throws Exception {
        TestCertificate made = TestCertificate.make(folder, algorithm);
        made.writeCertificate(certificates);
        made.writeKey(key);
        return made;
    }

    private void serve(ServerTls tls) throws IOException {
        server = WebSocketServer.open(
                loops,
                job.context(SessionSettings.DEFAULT),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                AllowList.EVERYONE,
                new StreamIds("test"),
                new AccessToken(""),
                tls);
    }

    /** Starts a stream and returns the first message that the gateway sends. */
    private String answer(TestCertificate trusted) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newBuilder()
                .sslContext(trusted.trusting())
                .build()
                .newWebSocketBuilder()
                .buildAsync(URI.create("wss://localhost:" + server.port() + "/audio"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return null;
                    }
                })
                .join();
        socket.sendText("{\"type\":\"start\",\"sampleRateHz\":16000,\"stream\":\"mic-1\"}", true);
        String text = answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        socket.abort();
        return text;
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void aStreamStartsOverTls(String algorithm) throws Exception {
        TestCertificate made = certificate(algorithm);
        serve(new ServerTls(certificates, key));

        assertThat(answer(made)).contains("mic-1");
    }

    @Test
    void aRenewedCertificateIsTakenWithoutARestart() throws Exception {
        certificate("EC");
        serve(new ServerTls(certificates, key, Duration.ZERO));

        TestCertificate renewed = certificate("EC");
        setModified(Instant.now().plusSeconds(60));

        assertThat(answer(renewed)).contains("mic-1");
    }

    @Test
    void theCertificateStaysWhileTheKeyOfTheRenewedOneIsMissing() throws Exception {
        TestCertificate before = certificate("EC");
        serve(new ServerTls(certificates, key, Duration.ZERO));

        TestCertificate renewed = TestCertificate.make(folder, "EC");
        renewed.writeCertificate(certificates);
        setModified(Instant.now().plusSeconds(60));
        assertThat(answer(before)).contains("mic-1");

        renewed.writeKey(key);
        setModified(Instant.now().plusSeconds(120));
        assertThat(answer(renewed)).contains("mic-1");
    }

    private void setModified(Instant when) throws IOException {
        Files.setLastModifiedTime(certificates, FileTime.from(when));
        Files.setLastModifiedTime(key, FileTime.from(when));
    }

    @Test
    void aClientThatTrustsAnotherCertificateCannotConnect() throws Exception {
        certificate("EC");
        serve(new ServerTls(certificates, key));
        TestCertificate other = TestCertificate.make(folder, "EC");

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> answer(other))
                .withRootCauseInstanceOf(Exception.class)
                .satisfies(e -> assertThat(e).hasStackTraceContaining(SSLException.class.getPackageName()));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        certificate("EC");
        TestCertificate.make(folder, "EC").writeKey(key);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new ServerTls(certificates, key))
                .withMessageContaining("privkey.pem does not belong to the first certificate")
                .withMessageContaining("fullchain.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"====", "AAAA", "A"})
    void aBrokenKeyIsRefused(String base64) throws Exception {
        certificate("EC");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new ServerTls(certificates, key))
                .withMessageContaining("privkey.pem");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        certificate("EC");
        TestCertificate.make(folder, "RSA").writeKey(key);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new ServerTls(certificates, key))
                .withMessageContaining("which needs a key for EC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
                "\u0000\u0001\u00ff"
            })
    void aFileWithoutAKeyIsRefusedWithTheCommandToConvertIt(String content) throws Exception {
        certificate("RSA");
        Files.write(key, content.getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new ServerTls(certificates, key))
                .withMessageContaining("privkey.pem")
                .withMessageContaining("openssl pkcs8 -topk8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutACertificateIsRefused(String content) throws Exception {
        certificate("EC");
        Files.writeString(certificates, content);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new ServerTls(certificates, key))
                .withMessageContaining("Expected certificates in PEM")
                .withMessageContaining("fullchain.pem");
    }
}
