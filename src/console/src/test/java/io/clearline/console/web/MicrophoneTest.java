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

import static io.clearline.console.web.ConsoleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.GatewaySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relays a microphone through the console to a real gateway. The gateway has no Kafka, so the audio comes back dry. */
class MicrophoneTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GATEWAY_TOKEN = "the gateway's own";
    private static final Duration PIECE = Duration.ofMillis(20);
    private static final int PIECE_SAMPLES = 320;
    private static final int LEVEL = 1234;
    private static final int TOLERANCE = 2;

    private Gateway gateway;
    private ConsoleFixture console;
    private final PageSocket heard = new PageSocket();

    /** Records what the page receives. */
    private static final class PageSocket implements WebSocket.Listener {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final AtomicInteger loud = new AtomicInteger();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private volatile int closed;
        private volatile String reason;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            message.writeBytes(part);
            if (last) {
                count(ByteBuffer.wrap(message.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
                message.reset();
            }
            socket.request(1);
            return null;
        }

        private void count(ByteBuffer samples) {
            while (samples.hasRemaining()) {
                // The gateway fades in at the start of audio.
                if (Math.abs(samples.getShort() - LEVEL) <= TOLERANCE) {
                    loud.incrementAndGet();
                }
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String why) {
            closed = code;
            reason = why;
            return null;
        }
    }

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.start(new GatewaySettings("127.0.0.1:1").webSocket(0).token(GATEWAY_TOKEN));
        URI uri = URI.create("ws://127.0.0.1:" + gateway.webSocketPort() + "/audio");
        console = new ConsoleFixture(
                "127.0.0.1", new Guard(null, null), () -> new MicrophoneGateway.Address(uri, GATEWAY_TOKEN));
    }

    @AfterEach
    void stop() {
        console.close();
        gateway.close();
    }

    @Test
    void audioIsRelayedToTheGatewayAndBack() throws Exception {
        WebSocket page = connect(ticket());
        // Speaks until it is heard, however slowly this thread is scheduled.
        await().atMost(PATIENCE).pollInSameThread().pollInterval(PIECE).until(() -> {
            page.sendBinary(piece(), true).join();
            return heard.loud.get() >= 10 * PIECE_SAMPLES;
        });
        assertThat(heard.texts.get(0)).contains("\"type\":\"started\"").contains("\"stream\":\"mic-");
        page.sendText("{\"type\":\"stop\"}", true).join();
        await().atMost(PATIENCE).until(() -> heard.closed == WebSocket.NORMAL_CLOSURE);
        await().atMost(PATIENCE).until(() -> gateway.sessions().isEmpty());
    }

    @Test
    void closingThePageEndsTheCall() throws Exception {
        WebSocket page = connect(ticket());
        await().atMost(PATIENCE).until(() -> gateway.sessions().size() == 1);
        page.abort();
        await().atMost(PATIENCE).until(() -> gateway.sessions().isEmpty());
    }

    @Test
    void aCallWithoutATicketIsRefused() throws Exception {
        connect("guessed");
        await().atMost(PATIENCE).until(() -> heard.closed == 1008);
        assertThat(heard.reason).contains("ticket");
        assertThat(gateway.sessions()).isEmpty();
    }

    @Test
    void anUnreachableGatewayIsReported() throws Exception {
        String ticket = ticket();
        gateway.close();
        connect(ticket);
        await().atMost(PATIENCE).until(() -> heard.closed != 0);
        assertThat(heard.reason).contains("does not answer");
    }

    @Test
    void aForeignPageGetsNoTicket() throws Exception {
        assertThat(console.post("/api/microphone", new byte[0], "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anUnsupportedSampleRateIsRefused() throws Exception {
        var answer = console.post("/api/microphone?sampleRateHz=17000", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("found 17000");
    }

    @Test
    void aConsoleWithoutAGatewaySaysHowToStartOne() throws Exception {
        try (ConsoleFixture alone = new ConsoleFixture("127.0.0.1", new Guard(null, null))) {
            var answer = alone.post("/api/microphone", new byte[0]);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(text(answer)).contains("--gateway ws://");
        }
    }

    private String ticket() throws Exception {
        var answer = console.post("/api/microphone?sampleRateHz=16000", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(201);
        return new ObjectMapper().readTree(answer.body()).get("ticket").asText();
    }

    private WebSocket connect(String ticket) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create(console.address().replace("http", "ws") + "/api/microphone?ticket=" + ticket), heard)
                .join();
    }

    /** Returns 20 ms of a constant value. */
    private static ByteBuffer piece() {
        ByteBuffer samples = ByteBuffer.allocate(2 * PIECE_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        while (samples.hasRemaining()) {
            samples.putShort((short) LEVEL);
        }
        // In the default byte order: the WebSocket client of the JDK corrupts buffers of another one.
        return ByteBuffer.wrap(samples.array());
    }
}
