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

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call to the gateway by its plain WebSocket protocol: sends in order, one message after the other, and hands over
 * what comes back. A gateway that does not take what is sent misses samples; nothing piles up. Thread-safe.
 */
final class GatewayLine implements WebSocket.Listener {
    /** Two seconds of messages of 20 ms. */
    private static final int MAX_WAITING = 100;

    private static final int MAX_MESSAGE_BYTES = 65_536;
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(CONNECT_PATIENCE).build();

    private final Heard heard;
    private final AtomicInteger waiting = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream samples = new ByteArrayOutputStream();
    private CompletableFuture<WebSocket> last;

    /** Who takes what the gateway says; called by one thread at a time. */
    interface Heard {
        /** A message of the protocol. */
        void text(String message);

        /** Samples, a whole message; the buffer is the taker's. */
        void samples(ByteBuffer samples);

        /** The call has ended. */
        void ended(int code, String reason);
    }

    private GatewayLine(Heard heard) {
        this.heard = heard;
    }

    /** Begins to connect; what is sent meanwhile waits. */
    static GatewayLine open(MicrophoneGateway.Address gateway, Heard heard) {
        GatewayLine line = new GatewayLine(heard);
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(CONNECT_PATIENCE);
        if (!gateway.token().isEmpty()) {
            builder.header("Authorization", "Bearer " + gateway.token());
        }
        line.last = builder.buildAsync(gateway.uri(), line);
        line.last.whenComplete((socket, error) -> {
            if (error != null) {
                heard.ended(1011, "The gateway at " + gateway.uri() + " does not answer.");
            }
        });
        return line;
    }

    /** Sends a message of the protocol. */
    synchronized void send(String message) {
        last = last.thenCompose(socket -> socket.sendText(message, true));
    }

    /** Sends samples, or drops them where too many wait. */
    synchronized void send(ByteBuffer samples) {
        if (waiting.get() >= MAX_WAITING) {
            return;
        }
        waiting.incrementAndGet();
        last = last.thenCompose(socket -> socket.sendBinary(samples, true));
        last.whenComplete((socket, error) -> waiting.decrementAndGet());
    }

    /** Hangs up. */
    synchronized void close() {
        last.thenAccept(WebSocket::abort);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
        if (text.length() + data.length() <= MAX_MESSAGE_BYTES) {
            text.append(data);
        }
        if (whole) {
            heard.text(text.toString());
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean whole) {
        byte[] part = new byte[Math.min(data.remaining(), MAX_MESSAGE_BYTES - samples.size())];
        data.get(part);
        samples.writeBytes(part);
        if (whole) {
            heard.samples(ByteBuffer.wrap(samples.toByteArray()));
            samples.reset();
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        heard.ended(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        heard.ended(1011, "The gateway hung up.");
    }
}
