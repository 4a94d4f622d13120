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

import io.clearline.schemas.FrameLimits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;

/**
 * Relays the audio of a microphone between a page and the gateway. The page needs the address of the console only, and
 * the gateway need not be reachable by browsers. Thread-safe.
 */
final class MicrophoneRoutes {
    private static final int MAX_CALLS = 8;
    /** The WebSocket close codes for a policy violation and for a temporary condition. */
    private static final int POLICY_VIOLATION = 1008;

    private static final int TRY_AGAIN_LATER = 1013;
    /** Two seconds of 20 ms messages. */
    private static final int MAX_QUEUED_MESSAGES = 100;

    /** A WebSocket limits the reason of a close frame to 123 bytes. */
    private static final int MAX_REASON_CHARACTERS = 100;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final MicrophoneGateway gateway;
    private final MicrophoneTickets tickets = new MicrophoneTickets();
    /** The open calls, by the session id of the page's WebSocket. */
    private final Map<String, GatewayCall> calls = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();

    /** @param gateway locates the gateway; null for none */
    MicrophoneRoutes(MicrophoneGateway gateway) {
        this.gateway = gateway;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/microphone", this::issueTicket);
        routes.ws("/api/microphone", this::socket);
    }

    private void issueTicket(Context request) throws IOException {
        int rateHz = Parameters.number(request, "sampleRateHz", 16_000, Integer.MAX_VALUE);
        int[] rates = FrameLimits.sampleRatesHz();
        if (Arrays.stream(rates).noneMatch(rate -> rate == rateHz)) {
            throw new BadRequestResponse(
                    "Expected a sample rate of " + Arrays.toString(rates) + " Hz, found " + rateHz + ".");
        }
        if (gateway == null) {
            throw new NotFoundResponse("This console knows no gateway. Start one, clearline gateway --websocket 8080,"
                    + " and the console with --gateway ws://127.0.0.1:8080/audio.");
        }
        if (calls.size() >= MAX_CALLS) {
            throw new TooManyRequestsResponse(MAX_CALLS + " microphones are open already; close one.");
        }
        // Starts the gateway, so that a failure is reported here rather than by closing the WebSocket.
        gateway.address();
        String streamId = "mic-" + Instant.now().getEpochSecond() + "-" + count.incrementAndGet();
        String ticket = tickets.issue(streamId, rateHz, System.currentTimeMillis());
        request.status(201).json(Map.of("streamId", streamId, "ticket", ticket));
    }

    private void socket(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onBinaryMessage(message -> {
            GatewayCall call = calls.get(message.sessionId());
            if (call != null) {
                // The server reuses the buffer after this handler returns.
                byte[] samples = new byte[message.data().remaining()];
                message.data().get(samples);
                call.send(ByteBuffer.wrap(samples));
            }
        });
        socket.onMessage(message -> {
            GatewayCall call = calls.get(message.sessionId());
            if (call != null) {
                call.send("{\"type\":\"stop\"}");
            }
        });
        socket.onClose(closed -> hangUp(closed.sessionId()));
        socket.onError(failed -> hangUp(failed.sessionId()));
    }

    private void hangUp(String session) {
        GatewayCall call = calls.remove(session);
        if (call != null) {
            call.close();
        }
    }

    private void connect(WsConnectContext page) throws IOException {
        MicrophoneTickets.Ticket ticket = tickets.redeem(page.queryParam("ticket"), System.currentTimeMillis());
        if (ticket == null || gateway == null) {
            page.closeSession(POLICY_VIOLATION, "Expected an unused ticket of POST /api/microphone.");
            return;
        }
        if (calls.size() >= MAX_CALLS) {
            page.closeSession(TRY_AGAIN_LATER, MAX_CALLS + " microphones are open already; close one.");
            return;
        }
        page.session.setIdleTimeout(IDLE);
        GatewayCall call = GatewayCall.open(gateway.address(), new PageReceiver(page));
        calls.put(page.sessionId(), call);
        call.send("{\"type\":\"start\",\"sampleRateHz\":" + ticket.sampleRateHz() + ",\"stream\":\"" + ticket.streamId()
                + "\"}");
        if (!page.session.isOpen()) {
            // Closed before the call was in the map, for example because the gateway is unreachable.
            hangUp(page.sessionId());
        }
    }

    /** Relays the messages of the gateway to the page. Drops them while the page does not keep up. */
    private static final class PageReceiver implements GatewayCall.Receiver {
        private final WsContext page;
        private final AtomicInteger queued = new AtomicInteger();

        PageReceiver(WsContext page) {
            this.page = page;
        }

        @Override
        public void text(String message) {
            if (page.session.isOpen() && queued.get() < MAX_QUEUED_MESSAGES) {
                page.session.sendText(message, sent());
            }
        }

        @Override
        public void samples(ByteBuffer samples) {
            if (page.session.isOpen() && queued.get() < MAX_QUEUED_MESSAGES) {
                page.session.sendBinary(samples, sent());
            }
        }

        /** Counts a message as queued until it has been sent. */
        private Callback sent() {
            queued.incrementAndGet();
            return Callback.from(queued::decrementAndGet, error -> queued.decrementAndGet());
        }

        @Override
        public void ended(int code, String reason) {
            if (page.session.isOpen()) {
                String text = reason == null ? "" : reason;
                page.closeSession(code, text.substring(0, Math.min(MAX_REASON_CHARACTERS, text.length())));
            }
        }
    }
}
