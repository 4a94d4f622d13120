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
package io.clearline.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.clearline.gateway.http.AccessToken;
import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.FakeJob;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.media.TcpServer;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket calls with the client of the JDK. Kafka and the job are replaced by a fake. */
@Tag("jdk")
class WebSocketTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String TOKEN = "open-sesame";
    private static final String PLAIN_START = "{\"type\":\"start\",\"sampleRateHz\":16000,\"stream\":\"mic-1\"}";
    private static final String ASTERISK_START = "MEDIA_START connection_id:clearline"
            + " channel:WebSocket/clearline/0x7f8a channel_id:1764265500.7 format:slin16"
            + " optimal_frame_size:640 ptime:20";

    private final FakeJob job = new FakeJob();
    private final MediaLoops loops = new MediaLoops(1);
    private final Heard heard = new Heard();
    private TcpServer server;

    /** Records what arrives, fragments joined to whole messages. */
    private static final class Heard implements WebSocket.Listener {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final List<Integer> binaries = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private volatile String closed;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            binaries.add(data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed = code + " " + reason;
            return null;
        }
    }

    @BeforeEach
    void open() throws Exception {
        server = WebSocketServer.open(
                loops,
                job.context(SessionSettings.DEFAULT),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                AllowList.EVERYONE,
                new StreamIds("test"),
                new AccessToken(TOKEN),
                null);
    }

    @AfterEach
    void close() {
        server.close();
        loops.close();
        job.close();
    }

    private WebSocket connect(String path) {
        return connect(HttpClient.newHttpClient().newWebSocketBuilder(), path);
    }

    /** Connects as Asterisk's res_websocket_client does: with a password and a subprotocol. */
    private WebSocket connectAsterisk(String query) {
        String password = Base64.getEncoder().encodeToString(("asterisk:" + TOKEN).getBytes(StandardCharsets.UTF_8));
        WebSocket.Builder builder = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("media")
                .header("Authorization", "Basic " + password);
        return connect(builder, "/asterisk" + query);
    }

    private WebSocket connect(WebSocket.Builder builder, String path) {
        return builder.buildAsync(URI.create("ws://localhost:" + server.port() + path), heard)
                .join();
    }

    private static String media(String track, byte[] samples) {
        return "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"track\":\"" + track + "\",\"payload\":\""
                + Base64.getEncoder().encodeToString(samples) + "\"}}";
    }

    private static String start(String token) {
        return "{\"event\":\"start\",\"streamSid\":\"MZ1\",\"start\":{\"streamSid\":\"MZ1\",\"mediaFormat\":"
                + "{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},\"customParameters\":{\"token\":\""
                + token + "\"}}}";
    }

    @Test
    void aTwilioCallReturnsAsMediaMessages() {
        WebSocket socket = connect("/twilio");
        socket.sendText("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}", true)
                .join();
        socket.sendText(start(TOKEN), true).join();
        for (int i = 0; i < 3; i++) {
            socket.sendText(media("inbound", new byte[160]), true).join();
        }
        await().atMost(TIMEOUT).until(() -> heard.texts.size() == 3);
        assertThat(heard.texts.get(0)).contains("\"event\":\"media\"").contains("\"streamSid\":\"MZ1\"");
        socket.sendText("{\"event\":\"stop\",\"streamSid\":\"MZ1\"}", true).join();
        await().atMost(TIMEOUT).until(() -> job.frames().stream().anyMatch(AudioFrame::getLastOfStream));
        assertThat(job.frames("MZ1").get(0).getEncoding()).isEqualTo(AudioEncoding.PCMU);
    }

    @Test
    void bothTracksOfATwilioCallAreStreams() {
        WebSocket socket = connect("/twilio");
        socket.sendText(start(TOKEN), true).join();
        socket.sendText(media("inbound", new byte[160]), true).join();
        socket.sendText(media("outbound", new byte[160]), true).join();
        await().atMost(TIMEOUT).until(() -> job.frames().size() == 2);
        assertThat(job.frames("MZ1")).hasSize(1);
        assertThat(job.frames("MZ1-outbound")).hasSize(1);
    }

    @Test
    void aTwilioCallWithoutTheTokenIsClosed() {
        WebSocket socket = connect("/twilio");
        socket.sendText(start("guess"), true).join();
        await().atMost(TIMEOUT).until(() -> heard.closed != null);
        assertThat(heard.closed).startsWith("1008").contains("token");
        assertThat(job.frames()).isEmpty();
    }

    @Test
    void plainSamplesReturnAndAStopEndsTheStream() {
        WebSocket socket = connect("/audio?token=" + TOKEN);
        socket.sendText(PLAIN_START, true).join();
        // Browsers deliver 128 samples at a time.
        for (int i = 0; i < 10; i++) {
            socket.sendBinary(ByteBuffer.allocate(256), true).join();
        }
        await().atMost(TIMEOUT).until(() -> heard.binaries.size() == 4);
        assertThat(heard.binaries).containsOnly(640);
        socket.sendText("{\"type\":\"stop\"}", true).join();
        await().atMost(TIMEOUT).until(() -> heard.closed != null);
        assertThat(heard.texts.get(0)).contains("\"type\":\"started\"").contains("mic-1");
        assertThat(heard.texts.get(heard.texts.size() - 1)).contains("\"type\":\"stopped\"");
        assertThat(heard.closed).startsWith("1000");
        assertThat(job.frames("mic-1").get(4).getLastOfStream()).isTrue();
    }

    @Test
    void thePlainProtocolNeedsTheToken() {
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> connect("/audio?token=guess"));
    }

    @Test
    void aBadMessageClosesItsConnectionWithTheReason() {
        WebSocket socket = connect("/audio?token=" + TOKEN);
        socket.sendText("{\"type\":\"start\",\"sampleRateHz\":12345}", true).join();
        await().atMost(TIMEOUT).until(() -> heard.closed != null);
        assertThat(heard.closed).startsWith("1008").contains("12345");
    }

    @Test
    void anAsteriskChannelReturnsInFramesOfItsSize() {
        WebSocket socket = connectAsterisk("");
        assertThat(socket.getSubprotocol()).isEqualTo("media");
        socket.sendText(ASTERISK_START, true).join();
        for (int i = 0; i < 4; i++) {
            socket.sendBinary(ByteBuffer.allocate(640), true).join();
        }
        await().atMost(TIMEOUT).until(() -> heard.binaries.size() == 4);
        assertThat(heard.binaries).containsOnly(640);
        assertThat(heard.texts).isEmpty();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        await().atMost(TIMEOUT).until(() -> job.frames().stream().anyMatch(AudioFrame::getLastOfStream));
        AudioFrame first = job.frames("1764265500.7").get(0);
        assertThat(first.getSampleRateHz()).isEqualTo(16_000);
        assertThat(first.getEncoding()).isEqualTo(AudioEncoding.PCM_S16LE);
    }

    @Test
    void anAsteriskChannelInJsonMayNameItsStreamInTheUri() {
        WebSocket socket = connectAsterisk("?stream=caller-1");
        socket.sendText("{\"event\":\"MEDIA_START\",\"channel_id\":\"1.2\",\"format\":\"ulaw\"}", true)
                .join();
        socket.sendText("{\"event\":\"DTMF_END\",\"digit\":\"5\"}", true).join();
        socket.sendBinary(ByteBuffer.allocate(160), true).join();
        await().atMost(TIMEOUT).until(() -> heard.binaries.equals(List.of(160)));
        assertThat(job.frames("caller-1").get(0).getEncoding()).isEqualTo(AudioEncoding.PCMU);
    }

    @Test
    void asteriskIsSentNothingWhileItsQueueIsFull() {
        WebSocket socket = connectAsterisk("");
        socket.sendText(ASTERISK_START, true).join();
        socket.sendText("MEDIA_XOFF", true).join();
        socket.sendBinary(ByteBuffer.allocate(640), true).join();
        await().atMost(TIMEOUT).until(() -> job.counters().get(SessionCounter.FRAMES_NOT_PLAYED) == 1);
        socket.sendText("MEDIA_XON", true).join();
        socket.sendBinary(ByteBuffer.allocate(640), true).join();
        await().atMost(TIMEOUT).until(() -> heard.binaries.size() == 1);
    }

    @Test
    void anUnsupportedAsteriskFormatIsRefusedWithDiallingInstructions() {
        WebSocket socket = connectAsterisk("");
        socket.sendText(ASTERISK_START.replace("slin16", "opus"), true).join();
        await().atMost(TIMEOUT).until(() -> heard.closed != null);
        assertThat(heard.closed).startsWith("1008").contains("opus").contains("slin16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/audio", "/asterisk"})
    void aPartialSampleClosesTheConnectionWithTheReason(String path) {
        WebSocket socket = path.equals("/asterisk") ? connectAsterisk("") : connect("/audio?token=" + TOKEN);
        socket.sendText(path.equals("/asterisk") ? ASTERISK_START : PLAIN_START, true)
                .join();
        socket.sendBinary(ByteBuffer.allocate(640), true).join();
        socket.sendBinary(ByteBuffer.allocate(641), true).join();
        await().atMost(TIMEOUT).until(() -> heard.closed != null);
        assertThat(heard.closed).isEqualTo("1008 Expected whole samples of 2 bytes, found 641 bytes.");
        await().atMost(TIMEOUT).until(() -> job.frames().stream().anyMatch(AudioFrame::getLastOfStream));
        assertThat(job.frames()).hasSize(2);
    }

    @Test
    void anOddNumberOfBytesIsValidMuLaw() {
        WebSocket socket = connectAsterisk("?stream=odd");
        socket.sendText(ASTERISK_START.replace("slin16", "ulaw"), true).join();
        socket.sendBinary(ByteBuffer.allocate(81), true).join();
        socket.sendBinary(ByteBuffer.allocate(79), true).join();
        await().atMost(TIMEOUT).until(() -> heard.binaries.equals(List.of(160)));
        assertThat(job.frames("odd")).hasSize(1);
    }

    @Test
    void samplesBeforeTheStartAndASecondStartAreRefused() {
        connectAsterisk("").sendBinary(ByteBuffer.allocate(640), true).join();
        await().atMost(TIMEOUT).until(() -> heard.closed != null);
        assertThat(heard.closed).isEqualTo("1008 Expected a MEDIA_START message before audio.");
        heard.closed = null;
        WebSocket twice = connect("/audio?token=" + TOKEN);
        twice.sendText(PLAIN_START, true).join();
        twice.sendText(PLAIN_START, true).join();
        await().atMost(TIMEOUT).until(() -> heard.closed != null);
        assertThat(heard.closed).isEqualTo("1008 Expected one start message, found a second one.");
    }

    @Test
    void aMessageInFragmentsIsOneMessage() {
        WebSocket socket = connect("/audio?token=" + TOKEN);
        socket.sendText(PLAIN_START.substring(0, 20), false).join();
        socket.sendText(PLAIN_START.substring(20), true).join();
        socket.sendBinary(ByteBuffer.allocate(321), false).join();
        socket.sendBinary(ByteBuffer.allocate(319), true).join();
        await().atMost(TIMEOUT).until(() -> heard.binaries.equals(List.of(640)));
        assertThat(job.frames("mic-1")).hasSize(1);
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedWithTheLimit() {
        WebSocket socket = connect("/audio?token=" + TOKEN);
        socket.sendText(PLAIN_START, true).join();
        socket.sendBinary(ByteBuffer.allocate(40_000), false).join();
        socket.sendBinary(ByteBuffer.allocate(40_000), true).join();
        await().atMost(TIMEOUT).until(() -> heard.closed != null);
        assertThat(heard.closed).isEqualTo("1009 Expected messages of at most 65536 bytes.");
    }
}
