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
package io.clearline.gateway.audiosocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.FakeJob;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.TcpServer;
import io.clearline.schemas.AudioFrame;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AudioSocket calls on real sockets. Kafka and the job are replaced by a fake. */
class AudioSocketTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int SLIN = 0x10;
    private static final int SLIN16 = 0x12;
    private static final int FRAME_BYTES = 320;

    private final FakeJob job = new FakeJob();
    private final MediaLoops loops = new MediaLoops(1);
    private final UUID call = UUID.fromString("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    private TcpServer server;

    @BeforeEach
    void open() throws Exception {
        server = AudioSocketServer.open(
                loops, job.context(SessionSettings.DEFAULT), InetAddress.getLoopbackAddress(), 0, AllowList.EVERYONE);
    }

    @AfterEach
    void close() {
        server.close();
        loops.close();
        job.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        return socket;
    }

    private static void send(Socket socket, int kind, byte[] payload) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(kind);
        message.write(payload.length >> 8);
        message.write(payload.length);
        message.write(payload);
        out.write(message.toByteArray());
        out.flush();
    }

    private byte[] identifier() {
        return ByteBuffer.allocate(16)
                .putLong(call.getMostSignificantBits())
                .putLong(call.getLeastSignificantBits())
                .array();
    }

    @Test
    void audioReturnsInMessagesOfTheSameKindAndLength() throws Exception {
        try (Socket socket = connect()) {
            send(socket, AudioSocketMessage.IDENTIFIER, identifier());
            for (int i = 0; i < 5; i++) {
                send(socket, SLIN, new byte[FRAME_BYTES]);
            }
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 5; i++) {
                assertThat(in.readUnsignedByte()).isEqualTo(SLIN);
                assertThat(in.readUnsignedShort()).isEqualTo(FRAME_BYTES);
                in.readFully(new byte[FRAME_BYTES]);
            }
        }
        assertThat(job.frames(call.toString()).get(0).getSampleRateHz()).isEqualTo(8000);
    }

    @Test
    void messagesOfAnyLengthBecomeFramesOf20Millis() throws Exception {
        try (Socket socket = connect()) {
            send(socket, AudioSocketMessage.IDENTIFIER, identifier());
            send(socket, SLIN16, new byte[1000]);
            send(socket, SLIN16, new byte[280]);
            await().atMost(TIMEOUT).until(() -> job.frames().size() == 2);
            assertThat(job.frames()).allMatch(frame -> FakeJob.samples(frame) == 320);
            assertThat(job.frames().get(1).getCaptureTimeMicros()
                            - job.frames().get(0).getCaptureTimeMicros())
                    .isEqualTo(20_000);
        }
    }

    @Test
    void aSilentCallerIsSentSilenceSoThatAsteriskDoesNotHangUp() throws Exception {
        try (Socket socket = connect()) {
            send(socket, AudioSocketMessage.IDENTIFIER, identifier());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 2; i++) {
                assertThat(in.readUnsignedByte()).isEqualTo(SLIN);
                byte[] samples = new byte[in.readUnsignedShort()];
                in.readFully(samples);
                assertThat(samples).isEqualTo(new byte[FRAME_BYTES]);
            }
        }
        assertThat(job.frames()).isEmpty();
    }

    @Test
    void aHangUpEndsTheStream() throws Exception {
        try (Socket socket = connect()) {
            send(socket, AudioSocketMessage.IDENTIFIER, identifier());
            send(socket, SLIN, new byte[FRAME_BYTES]);
            send(socket, AudioSocketMessage.HANG_UP, new byte[0]);
            await().atMost(TIMEOUT).until(() -> job.frames().stream().anyMatch(AudioFrame::getLastOfStream));
        }
        assertThat(job.directory().size()).isZero();
    }

    @Test
    void audioWithoutAnIdentifierIsRefused() throws Exception {
        try (Socket socket = connect()) {
            send(socket, SLIN, new byte[FRAME_BYTES]);
            assertThat(new DataInputStream(socket.getInputStream()).readUnsignedByte())
                    .isEqualTo(AudioSocketMessage.ERROR);
        }
        assertThat(job.frames()).isEmpty();
    }

    @Test
    void aSecondCallWithTheSameIdentifierIsRefusedAndTheFirstGoesOn() throws Exception {
        try (Socket first = connect();
                Socket second = connect()) {
            send(first, AudioSocketMessage.IDENTIFIER, identifier());
            send(first, SLIN, new byte[FRAME_BYTES]);
            await().atMost(TIMEOUT).until(() -> job.frames().size() == 1);
            send(second, AudioSocketMessage.IDENTIFIER, identifier());
            send(second, SLIN, new byte[FRAME_BYTES]);
            assertThat(new DataInputStream(second.getInputStream()).readUnsignedByte())
                    .isEqualTo(AudioSocketMessage.ERROR);
            send(first, SLIN, new byte[FRAME_BYTES]);
            await().atMost(TIMEOUT).until(() -> job.frames().size() == 2);
        }
    }
}
