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
 * Passes a microphone's samples on to the gateway, and what the gateway plays back to the page: so that a page needs no
 * address but the console's, and a gateway none that browsers reach. Thread-safe.
 */
final class MicrophoneRoutes {
    private static final int MAX_CALLS = 8;
    private static final int POLICY = 1008;
    private static final int TRY_AGAIN_LATER = 1013;
    /** Two seconds of messages of 20 ms. */
    private static final int MAX_WAITING = 100;

    private static final int MAX_REASON_CHARACTERS = 100;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final MicrophoneGateway gateway;
    private final MicrophoneTickets tickets = new MicrophoneTickets();
    private final Map<String, GatewayLine> calls = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** @param gateway null: there is none */
    MicrophoneRoutes(MicrophoneGateway gateway) {
        this.gateway = gateway;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/microphone", this::ask);
        routes.ws("/api/microphone", this::socket);
    }

    private void ask(Context request) throws IOException {
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
        gateway.address();
        String streamId = "mic-" + Instant.now().getEpochSecond() + "-" + count.incrementAndGet();
        String ticket = tickets.issue(streamId, rateHz, System.currentTimeMillis());
        request.status(201).json(Map.of("streamId", streamId, "ticket", ticket));
    }

    private void socket(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onBinaryMessage(message -> {
            GatewayLine line = calls.get(message.sessionId());
            if (line != null) {
                // The buffer is the server's again when this returns.
                byte[] samples = new byte[message.data().remaining()];
                message.data().get(samples);
                line.send(ByteBuffer.wrap(samples));
            }
        });
        socket.onMessage(message -> {
            GatewayLine line = calls.get(message.sessionId());
            if (line != null) {
                line.send("{\"type\":\"stop\"}");
            }
        });
        socket.onClose(closed -> hangUp(closed.sessionId()));
        socket.onError(failed -> hangUp(failed.sessionId()));
    }

    private void hangUp(String session) {
        GatewayLine line = calls.remove(session);
        if (line != null) {
            line.close();
        }
    }

    private void connect(WsConnectContext page) throws IOException {
        MicrophoneTickets.Ticket ticket = tickets.redeem(page.queryParam("ticket"), System.currentTimeMillis());
        if (ticket == null || gateway == null) {
            page.closeSession(POLICY, "Expected a ticket of POST /api/microphone, good once.");
            return;
        }
        if (calls.size() >= MAX_CALLS) {
            page.closeSession(TRY_AGAIN_LATER, MAX_CALLS + " microphones are open already; close one.");
            return;
        }
        page.session.setIdleTimeout(IDLE);
        GatewayLine line = GatewayLine.open(gateway.address(), new PageLine(page));
        calls.put(page.sessionId(), line);
        line.send("{\"type\":\"start\",\"sampleRateHz\":" + ticket.sampleRateHz() + ",\"stream\":\"" + ticket.streamId()
                + "\"}");
        if (!page.session.isOpen()) {
            // It was closed before the call was in the map, by a gateway that is away for example.
            hangUp(page.sessionId());
        }
    }

    /** Hands over to the page what the gateway says; a page that does not take it misses samples. */
    private static final class PageLine implements GatewayLine.Heard {
        private final WsContext page;
        private final AtomicInteger waiting = new AtomicInteger();

        PageLine(WsContext page) {
            this.page = page;
        }

        @Override
        public void text(String message) {
            if (page.session.isOpen() && waiting.get() < MAX_WAITING) {
                page.session.sendText(message, taken());
            }
        }

        @Override
        public void samples(ByteBuffer samples) {
            if (page.session.isOpen() && waiting.get() < MAX_WAITING) {
                page.session.sendBinary(samples, taken());
            }
        }

        private Callback taken() {
            waiting.incrementAndGet();
            return Callback.from(waiting::decrementAndGet, error -> waiting.decrementAndGet());
        }

        @Override
        public void ended(int code, String reason) {
            if (page.session.isOpen()) {
                String told = reason == null ? "" : reason;
                page.closeSession(code, told.substring(0, Math.min(MAX_REASON_CHARACTERS, told.length())));
            }
        }
    }
}
