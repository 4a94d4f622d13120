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
 * A call to the gateway by its plain WebSocket protocol. Messages are sent in order, one at a time, and received ones
 * are passed to a {@link Receiver}. Samples are dropped while the gateway does not keep up, so that the queue is
 * bounded. Thread-safe.
 */
final class GatewayCall implements WebSocket.Listener {
    /** Two seconds of 20 ms messages. */
    private static final int MAX_QUEUED_MESSAGES = 100;

    private static final int MAX_MESSAGE_BYTES = 65_536;
    /** The WebSocket close code for an unexpected condition. */
    private static final int SERVER_ERROR = 1011;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    private final Receiver receiver;
    private final AtomicInteger queued = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream samples = new ByteArrayOutputStream();
    /** Completes when the last message has been sent. Each message is chained to it. */
    private CompletableFuture<WebSocket> last;

    /** Receives the messages of the gateway. Called by one thread at a time. */
    interface Receiver {
        /** Receives a text message of the protocol. */
        void text(String message);

        /** Receives a whole message of samples. The receiver owns the buffer. */
        void samples(ByteBuffer samples);

        /** Signals that the call has ended, with the close code of the WebSocket. */
        void ended(int code, String reason);
    }

    private GatewayCall(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Starts to connect and returns at once. Messages are queued until the connection is established. */
    static GatewayCall open(MicrophoneGateway.Address gateway, Receiver receiver) {
        GatewayCall call = new GatewayCall(receiver);
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
        if (!gateway.token().isEmpty()) {
            builder.header("Authorization", "Bearer " + gateway.token());
        }
        call.last = builder.buildAsync(gateway.uri(), call);
        call.last.whenComplete((socket, error) -> {
            if (error != null) {
                receiver.ended(SERVER_ERROR, "The gateway at " + gateway.uri() + " does not answer.");
            }
        });
        return call;
    }

    /** Queues a text message of the protocol. */
    synchronized void send(String message) {
        last = last.thenCompose(socket -> socket.sendText(message, true));
    }

    /** Queues samples, or drops them when the queue is full. */
    synchronized void send(ByteBuffer samples) {
        if (queued.get() >= MAX_QUEUED_MESSAGES) {
            return;
        }
        queued.incrementAndGet();
        last = last.thenCompose(socket -> socket.sendBinary(samples, true));
        last.whenComplete((socket, error) -> queued.decrementAndGet());
    }

    /** Aborts the connection. */
    synchronized void close() {
        last.thenAccept(WebSocket::abort);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
        if (text.length() + data.length() <= MAX_MESSAGE_BYTES) {
            text.append(data);
        }
        if (whole) {
            receiver.text(text.toString());
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
            receiver.samples(ByteBuffer.wrap(samples.toByteArray()));
            samples.reset();
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        receiver.ended(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        receiver.ended(SERVER_ERROR, "The gateway closed the connection.");
    }
}
