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
package io.clearline.console.web;

import static io.clearline.console.web.ConsoleFixture.encoded;
import static io.clearline.console.web.ConsoleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.console.SimulatedStreams;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("jdk")
class ConsoleServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "0123456789abcdef0123";
    private static final String ODD_ID = "<img src=x onerror=alert(1)> / \uD83C\uDF99 \"&";

    private ConsoleFixture console;

    @BeforeEach
    void start() throws IOException {
        console = new ConsoleFixture("127.0.0.1", new Guard(null, null));
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void theDescriptionListsExactlyTheRoutes() throws Exception {
        Set<String> described = new TreeSet<>();
        description().get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> {
                    boolean isSocket = operation.getValue().get("responses").has("101");
                    described.add(
                            (isSocket ? "WS" : operation.getKey().toUpperCase(Locale.ROOT)) + " " + path.getKey());
                }));
        assertThat(console.routes()).hasSizeGreaterThan(10).isEqualTo(described);
    }

    @Test
    void everyDescribedRequestSucceedsAndFailsWithoutARequiredParameter() throws Exception {
        console.get("/api/stream/audio?id=a");
        play("a");
        for (var path : description().get("paths").properties()) {
            JsonNode get = path.getValue().path("get");
            if (get.isMissingNode()
                    || get.get("responses").has("101")
                    || path.getKey().equals("/api/live")) {
                continue;
            }
            assertThat(console.get(path.getKey() + "?id=a&side=after").statusCode())
                    .as(path.getKey())
                    .isEqualTo(200);
            for (JsonNode parameter : get.path("parameters")) {
                if (parameter.path("required").asBoolean()) {
                    String others =
                            "?id=a&side=after".replaceAll(parameter.get("name").asText() + "=\\w+", "");
                    assertThat(console.get(path.getKey() + others).statusCode())
                            .as(path.getKey() + others)
                            .isEqualTo(400);
                }
            }
        }
    }

    private JsonNode description() throws Exception {
        return JSON.readTree(console.get("/openapi.json").body());
    }

    @Test
    void aStreamIsFoundByAnyId() throws Exception {
        play(ODD_ID);
        HttpResponse<byte[]> answer = console.get("/api/stream?id=" + encoded(ODD_ID));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        JsonNode row = JSON.readTree(answer.body()).at("/stream/row");
        assertThat(row.get("id").asText()).isEqualTo(ODD_ID);
        assertThat(row.get("framesOut").asInt()).isEqualTo(3);
        assertThat(JSON.readTree(answer.body()).at("/transform/windowSamples").asInt())
                .isEqualTo(640);
        assertThat(console.get("/api/stream?id=other").statusCode()).isEqualTo(404);
    }

    @Test
    void audioIsPairedAndContinuesFromThePosition() throws Exception {
        console.get("/api/stream/audio?id=a");
        assertThat(console.backfilled).containsExactly("a");
        play("a");
        ByteBuffer audio =
                ByteBuffer.wrap(console.get("/api/stream/audio?id=a").body()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(audio.getInt(4)).isEqualTo(16_000);
        assertThat(audio.getInt(8)).isEqualTo(3);
        assertThat(audio.getDouble(16)).isZero();
        assertThat(audio.getInt(32)).isEqualTo(320);
        assertThat(audio.getInt(36)).isEqualTo(1 | AudioWire.HAS_BEFORE | AudioWire.HAS_AFTER);
        assertThat(audio.capacity()).isEqualTo(16 + 3 * (24 + 4 * 320));
        ByteBuffer later = ByteBuffer.wrap(
                        console.get("/api/stream/audio?id=a&epoch=0&after=1").body())
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(later.getInt(8)).isEqualTo(1);
        assertThat(console.backfilled).hasSize(1);
    }

    @Test
    void aSideCanBeDownloadedAsAWavFile() throws Exception {
        console.get("/api/stream/audio?id=a");
        play("a");
        byte[] wav = console.get("/api/stream/wav?id=a&side=after").body();
        try (AudioInputStream read = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            assertThat(read.getFormat().getSampleRate()).isEqualTo(16_000f);
            assertThat(read.getFrameLength()).isEqualTo(3 * 320);
        }
        assertThat(console.get("/api/stream/wav?id=a&side=both").statusCode()).isEqualTo(400);
    }

    @Test
    void aFileIsSentAndAnInvalidOneIsRefusedWithTheReason() throws Exception {
        assertThat(text(console.post("/api/files?name=call.wav", new byte[100])))
                .contains("\"streamId\":\"try-1\"");
        HttpResponse<byte[]> bad = console.post("/api/files?name=call.wav", new byte[10]);
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(text(bad)).contains("call.wav can't be read");
    }

    @Test
    void aDeadLetterIsShownWithACommandThatFetchesIt() throws Exception {
        byte[] garbage = "\u0000<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        console.board.deadLetter(
                new DeadFrame(
                        "it's;rm", 3, 42L, DeadReason.BROKEN, "no", ByteBuffer.wrap(garbage), 26, "ab", false, -1),
                "",
                1);
        JsonNode letter = JSON.readTree(console.get("/api/dead-letters").body()).get(0);
        assertThat(letter.get("kcat").asText())
                .isEqualTo("kcat -C -b kafka:9092 -t 'it'\\''s;rm' -p 3 -o 42 -c 1 -e -D '' | xxd");
        assertThat(letter.at("/letter/bytes").binaryValue()).isEqualTo(garbage);
        assertThat(letter.get("decoded").size()).isZero();
    }

    @Test
    void everyResponseForbidsForeignContentAndSetsNoCookie() throws Exception {
        for (String path : List.of("/", "/main.js", "/console.css", "/api/health", "/nothing")) {
            var headers = console.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .startsWith("default-src 'none'; script-src 'self'");
            assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(headers.firstValue("Set-Cookie")).as(path).isEmpty();
        }
    }

    @Test
    void withoutATokenAPageUnderAnotherNameIsRefused() throws Exception {
        assertThat(hostHeader(console, "evil.example")).startsWith("HTTP/1.1 403");
        assertThat(hostHeader(console, "localhost:" + console.port())).startsWith("HTTP/1.1 200");
    }

    @Test
    void anotherPageCanNotSend() throws Exception {
        for (String origin : List.of("https://evil.example", "null")) {
            HttpResponse<byte[]> answer = console.post("/api/files?name=a.wav", new byte[100], "Origin", origin);
            assertThat(answer.statusCode()).as(origin).isEqualTo(403);
        }
        assertThat(console.files).isEmpty();
    }

    @Test
    void withoutATokenNothingIsAnnounced() throws Exception {
        HttpResponse<byte[]> answer = console.post(
                "/api/models/announce",
                "{\"channel\":\"live\",\"model\":\"live-16k@4\",\"inSeconds\":0}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(text(answer)).contains("--token-file");
    }

    @Test
    void theTokenIsRequiredFromEveryAddress() throws Exception {
        try (ConsoleFixture guarded = new ConsoleFixture("0.0.0.0", new Guard(TOKEN, null))) {
            String elsewhere = "http://" + address().getHostAddress() + ":" + guarded.port();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(elsewhere + "/api/health"));
            assertThat(guarded.send(request.copy()).statusCode()).isEqualTo(401);
            assertThat(guarded.send(request.copy(), "Authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(guarded.send(request.copy(), "Authorization", "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(guarded.get("/api/live").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void theHeaderOfAProxyAuthorisesARequest() throws Exception {
        try (ConsoleFixture guarded = new ConsoleFixture("127.0.0.1", new Guard(null, "X-Forwarded-User"))) {
            assertThat(guarded.get("/api/health").statusCode()).isEqualTo(401);
            assertThat(guarded.get("/api/health", "X-Forwarded-User", "ada").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void onePageTooManyIsRefusedWithAMessage() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<InputStream> pages = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                pages.add(live(client));
                assertThat((char) pages.get(i).read())
                        .as("page " + i + " receives an event")
                        .isEqualTo('e');
            }
            pages.add(live(client));
            assertThat(new String(pages.get(32).readAllBytes(), StandardCharsets.UTF_8))
                    .contains("event: refused")
                    .contains("32 pages follow this console already");
        } finally {
            for (InputStream each : pages) {
                each.close();
            }
        }
    }

    private InputStream live(HttpClient client) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console.address() + "/api/live"))
                .header("Accept", "text/event-stream")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    @Test
    void aPortInUseIsReportedWithTheOptionForAnother() {
        Backend backend = new Backend(console.board, null, () -> console.status, id -> {}, null, null, null);
        assertThatThrownBy(() -> ConsoleServer.start("127.0.0.1", console.port(), backend, new Guard(null, null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Port " + console.port() + " for the console is in use")
                .hasMessageContaining("--port PORT");
    }

    private void play(String id) {
        SimulatedStreams streams = new SimulatedStreams(console.board, List.of(id), 320);
        long now = System.currentTimeMillis();
        for (int i = 0; i < 3; i++) {
            streams.frame(now + 20 * i);
        }
    }

    /** Uses a plain socket, because Java's HTTP client does not allow a Host header. */
    private static String hostHeader(ConsoleFixture console, String host) throws IOException {
        try (var socket = new java.net.Socket("127.0.0.1", console.port())) {
            String request = "GET /api/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns an address of this machine other than the loopback. */
    private static InetAddress address() throws IOException {
        Optional<InetAddress> found = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(each -> Collections.list(each.getInetAddresses()).stream())
                .filter(each -> each instanceof java.net.Inet4Address && !each.isLoopbackAddress())
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "This machine has no address other than the loopback");
        return found.orElseThrow();
    }
}
